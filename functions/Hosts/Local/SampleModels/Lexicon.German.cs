using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    private static LexiconRule[] GermanViolence =>
    [
        new("de.drohung.umbringen", Violence, 0.92, Direct, """
            ich|wir bring|bringe|bringen dich|euch ~ um
            ich|wir bring|bringe|bringen deine|eure ~ familie|kinder|mutter|leute um
            ich|wir|und mach|mache|machen dich|euch ~ kalt
            ich|wir stech|steche|stechen|knall|knalle|knallen|murks dich|euch ~ ab
            ich|wir schlag|schlage|schlagen dich|euch ~ tot
            bring|bringe|bringen ich|wir dich|euch ~ um
            stech|steche|knall|knalle|mach|mache ich|wir dich|euch ~ ab|kalt
            ich|wir $werde dich|euch _ $umbringen
            $werde ich|wir dich|euch _ $umbringen
            ich|wir töte|erschieße|ermorde|erschieß|töten|köpfe|vergewaltige|zerstückle dich|euch
            ich|wir zünde|zünden|fackle|fackel dein|deine|euer|eure|dir|euch ~ haus|bude|wohnung|auto|heim|familie|unterkunft|hütte ~ an|ab
            ich|wir schneid|schneide dir|euch ~ kehle|hals|kopf
            ich|wir schlitze|schlitz dich|euch auf
            ich|wir jag|jage|jagen dir|euch ~ kugel
            """),
        new("de.drohung.verletzen", Violence, 0.72, Direct, """
            ich|wir $schlage dir|euch ~ (in|auf|aufs) ~ fresse|zähne|nase|knochen|maul|gesicht|beine|kiefer|schädel|genick|rippen
            $schlage ich|wir dich|euch ~ zusammen|krankenhausreif
            $schlage ich|wir dir|euch ~ (in|auf|aufs) ~ fresse|zähne|nase|knochen|maul
            ich|wir $schlage dich|euch ~ zusammen|krankenhausreif|windelweich|nieder
            ich|wir|und mach|mache|machen dich|euch ~ fertig|platt
            ich|wir weiß|weiss|wissen ~ wo du|ihr wohnst|wohnt|arbeitest|schläfst|lebst
            ich|wir weiß|weiss|wissen ~ wo dein|deine kind|kinder|familie
            ich|wir $werde dich|euch ~ verprügeln|zusammenschlagen|verletzen|schlagen|quälen|fertigmachen|kriegen
            du bist ~ toter mann
            du|ihr bist|seid ~ fällig
            """),
        new("de.drohung.andeutung", Violence, 0.48, Direct, """
            du|ihr bist|seid ~ tot
            bist du ~ tot
            du|ihr wirst|werdet ~ (dafür) ~ sterben|bluten|büßen|bezahlen
            nächstes mal bist du dran|fällig
            du stehst auf (meiner|unserer) liste
            """),
        new("de.drohung.finden", Violence, 0.35, Direct, """
            ich|wir finde|finden|kriege|kriegen dich|euch noch|schon
            ich|wir werde|werden dich|euch ~ finden|kriegen
            """),
        new("de.drohung.anschlag", Violence, 0.92, Direct, """
            ich|wir ~ jage|jagen|sprenge|sprengen ~ $ort
            ich|wir ~ zünde|zünden|fackel|fackle|fackeln ~ $ort ~ an|ab
            ich|wir ~ brenne|brennen ~ $ort ~ nieder|ab
            ich|wir $werde ~ $ort ~ anzünden|abfackeln|sprengen|niederbrennen
            jage|jagen|sprenge|sprengen|fackel|fackle ich|wir ~ $ort
            ich|wir ~ lege|legen|zünde|zünden|platziere ~ bombe
            lege|legen|zünde|zünden|platziere ich|wir ~ bombe
            zünde|zünden|fackel|fackle|fackeln ich|wir ~ $ort ~ an|ab
            ich|wir plane|planen ~ amoklauf
            """),
        new("de.gewalt.anschlag", Violence, 0.65, None, """
            $ort ~ anzünden|abfackeln|sprengen|niederbrennen
            ich laufe|lauf ~ amok
            ich mache|mach ~ amoklauf
            """),
        new("de.gewalt.erwähnung", Violence, 0.35, None, """
            bombe in|an|am|im|unter|vor ~ $ort
            amoklauf in|an ~ $ort
            kopf ab
            """),
        new("de.gewalt.aufruf", Violence, 0.8, None, """
            man|wir|jemand|einer|alle $sollte $ihn ~ $umbringen
            $ihn|so|solche|politiker $sollte man ~ $umbringen
            gehört|gehören|gehörst ~ $getötet
            gehört|gehören ~ an die wand
            an den galgen
            $umbringen $sollte man ~ $ihn
            erschießt|tötet|hängt|steinigt|lyncht|köpft ~ schweine|pack|verräter|politiker
            """),
        new("de.gewalt.vernichtung", Violence, 0.85, None, """
            $gruppe ~ gehören|müssen|sollen|sollten|sollte ~ (man) ~ $getötet|verbrannt|$umbringen
            tod ~ $gruppe
            ^ erschießt|tötet|vergast|verbrennt|hängt|schlachtet|erschlagt ~ ~$übel $gruppe
            """),
    ];

    private static LexiconRule[] GermanHarassment =>
    [
        new("de.belästigung.stirb", Harassment, 0.92, Direct, """
            bring dich ~ um
            bringt euch ~ um
            häng dich ~ auf
            erhäng|erschieß|töte|vergifte dich
            geh|geht ~ sterben|krepieren|verrecken
            stirb|krepier|verreck|verrecke (doch|einfach|endlich|langsam) du|doch|einfach|endlich|qualvoll|elendig
            spring ~ von|vor|aus ~$artikel brücke|zug|hochhaus|dach|fenster
            hoffe|hoffentlich (dass) du|ihr ~ stirbst|verreckst|krepierst|sterbt|verreckt
            hoffe|hoffentlich (dass) du|ihr ~ krebs
            wünsche|wünsch dir|euch ~ tod|krebs
            schlitz dir die pulsadern|adern
            dich hätte man ~ abtreiben
            du hättest|gehörst ~ abgetrieben
            """),
        new("de.selbstverletzung.anstiftung", SelfHarm, 0.6, Direct, """
            bring dich ~ um
            bringt euch ~ um
            häng dich ~ auf
            erhäng|erschieß|töte dich
            spring ~ von|vor|aus ~$artikel brücke|zug|hochhaus|dach
            schlitz dir die pulsadern|adern
            ohne dich ~$wäre besser
            """),
        new("de.belästigung.wertlos", Harassment, 0.68, Direct, """
            niemand|keiner (hier) mag|vermisst|braucht|liebt|will dich|euch
            alle|jeder hassen|hasst dich|euch
            alle lachen über dich|euch
            du bist ~ nichts wert
            du bist ~ wertlos*|überflüssig*|abfall|müll|dreck
            alle dich|euch hassen
            dich|euch ~ alle hassen
            du bist ~ ~$übel stück scheiße|scheisse|dreck
            ich ~ hasse|verachte dich|euch
            du|ihr widerst|kotzt|widert mich|uns ~ an
            du bist ~ schande für
            verschwendung von|an sauerstoff|luft
            """),
        new("de.belästigung.ohne-dich", Harassment, 0.85, Direct, """
            ohne dich|euch ~$wäre besser|schöner
            welt|alle|uns|allen ~$wäre ohne dich|euch ~$wäre besser|schöner
            """),
        new("de.belästigung.stark", Harassment, 0.8, Direct, """
            du|ihr ~$sein ~$übel $stark
            du|ihr ~$übel *fotze|*hure|*schlampe
            sie verdammtes|elendes|mieses ~$übel $stark
            sie sind ein|eine ~$übel $stark
            bist|seid du|ihr ~$sein ~$übel $stark
            @ ~$sein ~$übel $stark
            fick|fickt dich|euch ~ ~$sein ~$übel $stark
            *fickdich
            """),
        new("de.belästigung.beleidigung", Harassment, 0.58, Direct, """
            du|ihr ~$sein ~$übel $mild
            sie sind ein|eine ~$übel $mild
            ^ sie ~$übel $mild
            du (kleines|dummes) opfer
            du bist ~ so|voll|echt ein opfer
            bist|seid du|ihr ~$sein $blöd|$mild
            @ ~$sein ~$übel $mild
            du|ihr bist|seid ~$sein $blöd
            halt|haltet|halts ~ (deine|dein|eure) (dumme|verdammte|dreckige) fresse|maul|schnauze
            verpiss|verpisst dich|euch
            fick|fickt dich|euch
            dumm wie brot|stroh
            """),
        new("de.belästigung.wort", Harassment, 0.25, None, """
            arschloch|arschlöcher|wichser|hurensohn|hurensöhne|fotze|fotzen|schlampe|schlampen|missgeburt|drecksau|drecksack
            bastard|miststück|pisser|spast|spasti|hundesohn|vollidiot*|idiot|idioten|trottel|depp|deppen
            halt die klappe
            """),
        new("de.belästigung.bloßstellen", Harassment, 0.7, Direct, """
            ich|wir ~ stelle|schicke|poste|veröffentliche|leake ~ deine|deinen (privaten) nacktbilder|adresse|bilder|fotos|nummer
            hier ist seine|ihre|deren adresse
            """),
    ];

    private static LexiconRule[] GermanHate =>
    [
        new("de.hass.entmenschlichung", Hate, 0.88, None, """
            $gruppe sind|ist ~ ~$übel $niedrig
            untermensch|untermenschen|judenpack|zigeunerpack|ausländerpack|asylantenpack|negerpack
            """),
        new("de.hass.vernichtung", Hate, 0.95, None, """
            $gruppe ~ gehören|müssen|sollen|sollten|sollte|muss|müsste ~ (man) ~ $getötet|verbrannt|$umbringen|sterben|ausrotten|vernichten|verrecken
            $gruppe ~ ins|in gas|lager|kz|arbeitslager
            tod ~ $gruppe
            ^ erschießt|tötet|vergast|verbrennt|hängt|schlachtet|vernichtet|erschlagt ~ ~$übel $gruppe
            hitler hatte ~ recht
            hitler hat ~ vergessen
            """),
        new("de.hass.pauschal", Hate, 0.62, None, """
            $gruppe sind ~ terroristen|kriminelle|verbrecher|vergewaltiger|mörder|diebe|abartig|pervers
            schwule|lesben|transen sind ~ krank
            $gruppe _ gehören ~ weggesperrt|eingesperrt|abgeschoben
            frauen gehören (an|in|hinter) ~ herd|küche
            """),
        new("de.hass.ausgrenzung", Hate, 0.72, None, """
            $fremde raus
            deutschland den deutschen
            ich|wir ~ hasse|hassen|verachte|verabscheue ~ ~$übel $gruppe
            $gruppe gehören nicht hierher|zu|nach
            $gruppe ~ haben hier nichts verloren
            scheiß|scheiss|dreckige|dreckiger|dreckigen|verdammte|verdammten|drecks $gruppe
            scheissauslaender*|drecksauslaender*|drecksjude*|scheissjude*|scheisstuerke*|drecksneger*|scheissmoslem*|scheissschwuchtel*
            ^ geh ~ zurück nach afrika|anatolien|syrien
            ^ geh ~ zurück wo ~ du herkommst
            umvolkung
            """),
        new("de.hass.abschieben", Hate, 0.45, None, """
            alle $gruppe ~ abschieben|deportieren|ausweisen|wegsperren
            $gruppe alle ~ abschieben|deportieren|ausweisen|wegsperren
            """),
        new("de.hass.nazi", Hate, 0.82, None, """
            holocaust|auschwitz ist|war ~ lüge|erfunden|erfindung|märchen
            holocaust|auschwitz hat ~ (nie|nicht) gegeben|stattgefunden
            auschwitzlüge|holocaustlüge|judenrepublik
            juden beherrschen|kontrollieren|regieren|steuern ~ welt|medien|banken|alles
            juden stecken hinter allem
            juden sind unser unglück
            """),
        new("de.hass.schimpfwort", Hate, 0.68, Slur, """
            kanake|kanaken|kanacke|kanacken|schwuchtel|schwuchteln|kümmeltürke*|schlitzauge*|judensau|judenschwein*
            bimbo|bimbos|neger|negern|transe|transen|kameltreiber|ziegenficker*
            """),
        new("de.hass.schimpfwort-du", Hate, 0.92, Slur, """
            du|ihr ~$sein ~$übel kanake|kanaken|kanacke|kanacken|schwuchtel|schwuchteln|kümmeltürke|judensau|neger|transe|schlitzauge|untermensch
            $übel kanake*|kanacke*|schwuchtel*|neger|negern|judensau|judenschwein*|transe|transen
            """),
    ];
}
