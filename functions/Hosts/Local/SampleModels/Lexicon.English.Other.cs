using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    /// <summary>Sexual content, self-harm and illegal goods.</summary>
    private static LexiconRule[] EnglishOther =>
    [
        new("en.sexual.explicit", Sexual, 0.6, None, """
            porn|porno|pornhub|xxx|hentai|blowjob*|handjob*|cumshot*|creampie*|gangbang*|deepthroat*|milf|milfs|camgirl*
            dick pics|pic
            wet pussy
            hard cock|dick
            anal|oral|hardcore|rough sex
            jerk|jerking|jack|jacking off
            horny
            cum|cumming on|in|inside my|your|her|you|cam
            fuck|ride my|your pussy|ass|cock|dick
            lick|eat|suck|sucking my|your|ur pussy|cock|dick|tits
            """),
        new("en.sexual.solicit", Sexual, 0.7, None, """
            dm|text|message me for ~ nudes|pics|sex
            send|show|trade|trading|selling (me) (your|ur|some|my) nudes|tits|boobs
            wanna|want (to) fuck|sext
            sex chat|cam|dates|contacts|meet
            hot|sexy girls|singles|women|moms waiting|near|live|in
            escort service*
            hookup|hookups tonight|now
            i ~$will fuck $you
            """),
        new("en.sexual.minor", Sexual, 0.96, None, """
            child|kiddie|preteen|underage|toddler|loli (girl|girls|boy|boys) porn|pornography|nude|nudes|sex|naked
            sex|nudes with|from|of ~$determiner minor|minors|child|kids|children|preteen|underage|schoolgirl
            # year|yr|yo (old) (girl|boy) naked|nude|nudes|sex
            """),
        new("en.selfharm.intent", SelfHarm, 0.85, Direct, """
            i|im|ill|ima|gonna ~$will ~$thinking kill|killing|hang|hanging|shoot|drown myself
            i|im|ill|gonna ~$will ~$thinking end|ending|take|taking my (own) (miserable) life
            i|gonna ~$will end it all|tonight
            i|im ~$will suicidal
            i feel|am|been ~ suicidal
            thinking about|of killing|hanging myself
            i|just ~ want|wanna (to) (just) (be) die|dead
            i wish i was|were dead
            i dont|do|cant|cannot (not) ~ (want|wanna) (to) live|exist anymore
            i dont|do (not) ~ want|wanna (to) (be) live|exist|alive
            i dont|do (not) ~ want|wanna (to) be here anymore
            how|way|ways|method|methods|painless ~ (can|do|of|for|to|i) (i|to) commit|die|kill|end suicide|myself|painlessly
            i ~ took|swallowed too ~ pills
            whole|entire bottle|pack ~ pills|tablets
            """),
        new("en.selfharm.injury", SelfHarm, 0.5, Direct, """
            i|im|ive ~$will hurt|hurting|cut|cutting myself
            """),
        new("en.selfharm.hopeless", SelfHarm, 0.72, Direct, """
            better off without me
            no reason|point (left) to|in live|living
            nobody|noone would ~ miss|notice me
            nobody|noone would ~ notice|care if|when i
            i wish i was|were never born
            thinspo|proana
            pro ana|mia
            """),
        new("en.selfharm.topic", SelfHarm, 0.2, None, """
            suicide|suicidal|selfharm
            self harm|injury
            """),
        new("en.goods.drugs", IllegalGoods, 0.78, None, """
            selling|supplying _ $drug
            i|we (can|will) sell|supply _ $drug
            selling _ coke _ gram|grams|dm|telegram|whatsapp
            $drug for sale
            $drug ~ delivery|shipping|plug|dealer|menu
            got|have ~ $drug in stock
            got|have ~ $drug for sale
            """),
        new("en.goods.drugs-wanted", IllegalGoods, 0.55, None, """
            buy|order|buying|ordering ~ (some|your|cheap|real|pure|best|good) $drug online|here|cheap|now|discreetly|delivered|without
            $drug _ available|shipping|delivery
            where can|do i|we|you ~ buy|get|find|score (some) $drug
            anyone (here) selling $drug
            """),
        new("en.goods.weapons", IllegalGoods, 0.78, None, """
            selling|supplying _ $weapon
            i|we (can|will) sell|supply _ $weapon
            $weapon for sale
            buy ~$determiner (untraceable|unregistered) $weapon (online) no|without
            untraceable|unregistered $weapon
            $weapon ~ (with) no|without background check|checks
            ghost guns|gun for|kit|available
            hitman for|available hire|now
            hire a hitman
            """),
        new("en.goods.forged", IllegalGoods, 0.8, None, """
            $forged $papers (card|cards|license|licenses|bills|notes|accounts|certificates) for|available|shop|cheap|online
            buy|order|get|selling|supplying _ $forged $papers
            cvv shop|dumps|sale
            fullz
            """),
    ];
}
