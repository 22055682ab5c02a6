using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    private static LexiconRule[] EnglishViolence =>
    [
        new("en.threat.kill-you", Violence, 0.92, Direct, """
            i|we|ill|im|imma|ima|id|iam|well ~$will $kill $you
            i|we|ill|im|imma ~$will have|get $you killed
            i|we|ill|im|imma ~$will beat $you to death
            i|we|ill|im|imma ~$will rape $you|her|him
            i|we|ill|im|imma ~$will burn your|ur|her|his house|home|family|place (down)
            i|we|ill|im|imma ~$will put a bullet in $you|your|ur|him|her|his
            i|we|ill|im|imma ~$will slit your|ur throat
            i|we|ill|im|imma ~$will hunt $you down
            *killyou|*murderyou
            """),
        new("en.threat.hurt-you", Violence, 0.72, Direct, """
            i|we|ill|im|imma ~$will hurt|destroy|choke|burn|skin $you
            i|we|ill|im|imma ~$will beat $you ~ up|bloody|senseless
            i|we|ill|im|imma|gonna ~$will put $you in the ground|grave|hospital
            i|we|ill|im|imma|gonna ~$will break|smash|crush|bash|punch|kick your|ur ~$adj face|skull|head|neck|legs|jaw|teeth|bones|knees
            i|we|ill|im|imma ~$will punch|kick $you in the
            i|we|ill|im|imma ~$will make $you suffer|bleed|pay
            i|we|ill|im|imma ~$will come to|for your house|home|family
            i|we know where $you live|sleep|work
            youre|ur|$you (are|r) ~ dead man|woman|meat
            """),
        new("en.threat.general", Violence, 0.5, Direct, """
            gonna|going (to) kill|murder|stab|shoot you|u
            $you will|gonna (gonna) die
            youre|ur going|gonna (to) die
            $you are ~ going|gonna (to) die
            youre|ur|$you (are|r) ~ dead when|if|once
            i|ill|im|imma ~$will end $you
            watch your back
            youll pay for this|that
            $you wont live|survive ~ long|week|night|day
            sleep with one eye open
            """),
        new("en.threat.vague", Violence, 0.35, Direct, """
            i|we|ill ~$will find $you
            """),
        new("en.threat.attack", Violence, 0.92, Direct, """
            i|we|im|ill|ima|imma|lets|gonna ~$will shoot|blow|burn up|down ~$determiner $place
            i|we|im|ill|ima|imma|lets|gonna ~$will bomb|torch ~$determiner $place
            i|we|im|ill|ima|imma ~$will bring|bringing a gun|knife|bomb to school|work|class
            i|we ~ put|planted|plant|placed a bomb in|at|under
            """),
        new("en.violence.attack", Violence, 0.65, None, """
            shoot|blow|shooting|blowing|burn|burning up|down ~ $place
            bomb|bombing|torch ~$determiner $place
            """),
        new("en.violence.call", Violence, 0.8, None, """
            someone|somebody|we|they|people ~$should $kill $you|him|her|them|these|those|the
            $you|he|she|they|politicians ~ deserve|deserves to (be) die|shot|killed|hanged|hung|raped|murdered|beheaded|lynched
            should|must|need|needs|ought ~ be ~ shot|hanged|hung|killed|executed|lynched|gassed|beheaded|exterminated
            kill them all
            ^ hang the|all traitors|politicians|judges|journalists
            ^ lynch|behead|execute|shoot him|her|them|politicians|traitors
            """),
        new("en.violence.gore", Violence, 0.45, None, """
            beheading|torture|execution|gore video|videos|footage|compilation
            """),
        new("en.violence.exterminate", Violence, 0.85, None, """
            ^ kill|gas|exterminate|hang|burn|shoot|lynch|slaughter|murder ~$determiner ~$adj {group}
            i|we|lets|everyone ~$will kill|gas|exterminate|hang|burn|shoot|lynch|slaughter|murder ~$determiner ~$adj {group}
            kill|gas|exterminate|hang|burn|shoot|lynch|slaughter|murder all|every ~$determiner ~$adj {group}
            death to ~$determiner {group}
            """),
    ];

    private static LexiconRule[] EnglishHarassment =>
    [
        new("en.harass.die", Harassment, 0.92, Direct, """
            kill yourself|urself|yourselves|yoself
            kys
            *killyourself|*killurself
            go (and|just) die
            go|should|just|please ~ drink bleach
            hang yourself|urself
            go|should|just|please jump off|from a|the bridge|cliff|roof|building
            end your (own) (miserable|pathetic) life
            slit your wrists
            hope|wish $you ~ die|rot|suffer
            hope $you get ~ cancer|raped|killed
            do the world a favor|favour and die|kill|end
            $you should|deserve ~ die
            get raped
            """),
        new("en.selfharm.incite", SelfHarm, 0.6, Direct, """
            kill yourself|urself|yourselves|yoself
            kys
            *killyourself|*killurself
            hang yourself|urself
            slit your wrists
            end your (own) (miserable|pathetic) life
            world|everyone|everybody|family|earth ~$will better off without $you
            """),
        new("en.harass.worthless", Harassment, 0.66, Direct, """
            nobody|noone ~$will likes|like|loves|love|wants|misses|miss $you
            nobody|noone ~$will cares about $you
            everyone|everybody|we ~ hates|hate $you
            everyone|everybody ~ laughs|laughing at $you
            $you|youre|ur (are|r) ~ waste of space|oxygen|skin|air
            $you should (never|not) have ~ been born
            i ~ hate|despise $you
            $you make me sick
            youre|ur ~ nothing
            $you are ~ nothing
            """),
        new("en.harass.better-without-you", Harassment, 0.85, Direct, """
            world|everyone|everybody|family|earth ~$will better off without $you
            world ~$will better place without $you
            """),
        new("en.harass.strong-insult", Harassment, 0.8, Direct, """
            $you|youre|ur ~$being ~$adj $strongnoun
            your a|an|such ~ ~$adj $strongnoun
            @ ~$being ~$adj $strongnoun
            $you|youre|ur ~$being ~$adj piece of shit|garbage|trash|filth
            your|ur mother|mom|mum|mama is|was ~ ~$adj whore|slut|bitch|cunt
            fuck yourself|urself
            suck my dick|cock
            shut ~ up ~ (you) ~$adj $strongnoun
            """),
        new("en.harass.insult", Harassment, 0.58, Direct, """
            $you|youre|ur ~$being ~$adj $mildnoun
            your a|an|such ~ ~$adj $mildnoun
            @ ~$being ~$adj $mildnoun
            youre|ur ~ $badly
            $you are|r|look ~ $badly
            how stupid|dumb are|r $you
            fuck|screw $you
            fuck off
            *fuckyou
            shut the fuck|hell up
            shut your|ur ~$adj mouth|face|trap
            """),
        new("en.harass.word", Harassment, 0.25, None, """
            $strongnoun|$mildnoun
            shut up
            """),
        new("en.harass.expose", Harassment, 0.7, Direct, """
            i|we|ill|im ~$will post|leak|share|publish ~ your|ur ~ nudes|address|pictures|pics|number
            here is his|her|their address
            """),
    ];

    private static LexiconRule[] EnglishHate =>
    [
        new("en.hate.dehumanise", Hate, 0.88, None, """
            {group} are|r|is ~ ~$adj $lowly
            """),
        new("en.hate.exterminate", Hate, 0.95, None, """
            ^ kill|gas|exterminate|hang|burn|shoot|lynch|eradicate|slaughter|murder ~$determiner ~$adj {group}
            i|we|lets|everyone ~$will kill|gas|exterminate|hang|burn|shoot|lynch|eradicate|slaughter|murder ~$determiner ~$adj {group}
            kill|gas|exterminate|hang|burn|shoot|lynch|eradicate|slaughter|murder all|every ~$determiner ~$adj {group}
            death to ~$determiner {group}
            {group} should|must ~ (be) die|killed|gassed|shot|hanged|exterminated|burned|lynched
            {group} ~ deserve|deserves to (be) die|killed|gassed|shot|hanged|exterminated|burned|lynched
            hitler was right
            """),
        new("en.hate.generalise", Hate, 0.62, None, """
            {group} are ~ terrorists|criminals|thieves|rapists|murderers|pedophiles|perverts|degenerates
            women belong in the kitchen
            """),
        new("en.hate.exclude", Hate, 0.66, None, """
            $newcomers out
            {group} should not|never be allowed
            {group} dont|do ~ (not) belong here|in
            i ~ hate|despise ~$determiner ~$adj {group}
            {group} are|is ~ ruining|destroying our|this|the country|west|race
            ^ go back to africa|mexico|china|india
            ^ go back to your|where ~ country|you
            you|they should ~ go back to africa|mexico|china|india|your|their
            fucking|filthy|dirty|goddamn {group}
            """),
        new("en.hate.deport", Hate, 0.45, None, """
            deport|expel all ~$determiner ~$adj {group}
            """),
        new("en.hate.nazi", Hate, 0.82, None, """
            sieg heil
            heil hitler
            hitler did nothing wrong
            holocaust is|was ~ lie|hoax|fake|fiction
            holocaust never happened
            holocaust did not happen
            holocaust didnt happen
            jews control|run|own the|everything
            1488
            """),
        new("en.hate.slur", Hate, 0.74, Slur, """
            nigger|niggers|kike|kikes|faggot|faggots|tranny|trannies|towelhead*|sandnigger*|raghead*|wetback|wetbacks|gook|gooks
            """),
        new("en.hate.slur-at-you", Hate, 0.92, Slur, """
            $you|youre|ur|your ~$being ~$adj nigger|kike|faggot|tranny|towelhead|raghead|wetback|gook
            $adj nigger*|kike*|faggot*|trann*
            you|all|these|those nigger*|kike*|faggot*|trannies
            """),
    ];
}
