namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    private static Dictionary<string, string> GermanLists => new(StringComparer.Ordinal)
    {
        ["filler"] = "echt einfach doch endlich so nur noch mal bitte jetzt heute morgen bald gleich alle alles ja halt voll wirklich schon irgendwann eines tages eigenhändig selbst selber am besten lieber ein eine einen der die das den dem diese dieses diesen dir ganz total als wie auch immer genau wieder abend nacht sofort wohl langsam qualvoll elendig hier eigentlich dann ganze ganzen öffentlich in dahin",
        ["artikel"] = "der die das den dem einer einem einen ne ner nem nen",
        ["sein"] = "bist seid alle alles warst bleibst ist sind echt einfach doch nur so halt ja wirklich immer eigentlich ein eine einen n ne der die das du nichts als son zu für",
        ["wäre"] = "wäre wären ginge geht würde es die der welt uns allen alle ihr viel doch ein hier besser dran euch seid",
        ["werde"] = "werde werd will möchte muss würde könnte werden wollen sollte mag kann",
        ["sollte"] = "sollte sollten müsste müssten muss müssen soll",
        ["ihn"] = "dich euch ihn sie den die alle jeden",
        ["schlage"] = "schlag schlage schlagen hau haue hauen polier poliere brech breche brechen tret trete treten prügel prügle",
        ["umbringen"] = "umbringen töten abstechen erschießen kaltmachen abschlachten ermorden aufschlitzen erwürgen totschlagen köpfen abknallen vergewaltigen verbrennen erstechen steinigen aufhängen lynchen vergasen",
        ["getötet"] = "umgebracht getötet abgestochen erschossen abgeschlachtet ermordet totgeschlagen geköpft abgeknallt vergewaltigt gesteinigt aufgehängt gehängt gelyncht vergast ausgerottet hingerichtet",
        ["ort"] = "schule schulen moschee moscheen synagoge synagogen kirche flüchtlingsheim* asylheim* asylunterkunft unterkunft rathaus bahnhof uni flughafen krankenhaus",
        ["gruppe"] = "ausländer* juden jude muslime* moslem* flüchtling* asylant* asylbewerber* zigeuner schwule schwulen lesben schwarze schwarzen türken araber* afrikaner* behinderte behinderten frauen syrer* afghanen roma sinti christen transen kanaken kanacken neger negern migranten homosexuelle* israelis russen ukrainer*",
        ["fremde"] = "ausländer* juden muslime* moslem* flüchtlinge asylant* zigeuner türken araber syrer migranten kanaken neger",
        ["niedrig"] = "ungeziefer ratten parasiten abschaum tiere untermenschen dreck dreckspack schmarotzer pack gesindel affen seuche krebsgeschwür plage minderwertig* müll kakerlaken viecher barbaren",
        ["übel"] = "dümmste dümmster dümmstes letzte letzter größte größter dumm dumme dummer dummes blöd blöde blöder blödes fette fetter fettes hässliche hässlicher hässliches dreckige dreckiger dreckiges dreckigen verdammte verdammter verdammtes scheiß scheiss kleine kleiner kleines elende elender elendes feige feiger miese mieser mieses behinderte behinderter verlogene verlogener absolute absoluter kompletter richtiger richtige armseliger widerliche widerlicher ekelhafte ekelhafter alte alter dämlicher dämliche verfickte verfickter",
        ["blöd"] = "dumm blöd behindert bescheuert bekloppt dämlich hässlich fett ekelhaft widerlich erbärmlich strohdumm hirnlos",
        ["mild"] = "idiot idioten vollidiot* depp deppen trottel blödmann dummkopf versager* lappen spinner clown clowns loser nichtsnutz schwachkopf vollpfosten penner schwein ratte",
        ["stark"] = "arschloch arschlöcher wichser hurensohn hurensöhne fotze fotzen schlampe schlampen missgeburt drecksau drecksack dreckschwein drecksschwein hure huren nutte bastard miststück abschaum pisser spast spasti spasten mongo arschgeige hundesohn dreckskerl mistkerl",
        ["verkaufen"] = "verkaufe verticke biete vk verscherbel verschicke versende liefere",
        ["droge"] = "koks kokain gras weed hasch haschisch heroin mdma ecstasy lsd ketamin amphetamin amphetamine pep tilidin xanax oxycodon pillen",
        ["waffe"] = "waffen waffe knarre knarren pistole pistolen kalaschnikow* sprengstoff munition handgranaten schusswaffe* maschinengewehr*",
        ["gefälscht"] = "gefälschte gefälschter gefälschten gefälschtes gestohlene geklaute gehackte",
        ["papiere"] = "pässe ausweise führerscheine impfpässe kreditkarten pass ausweis paypal dokumente kreditkartendaten impfpass zeugnisse",
    };

    /// <summary>Harmless turns of phrase; a rule that touches one of them does not count.</summary>
    private static string GermanIdioms => """
        bring|bringe|bringen|bringt dich|euch|mich|ihn|sie ~ um #
        bring|bringe|bringen|bringt dich|euch|ihn|sie|mich|uns ~ um ~ (deinen|euren|meinen) verstand|schlaf|nerv|geld|ersparnisse
        handy|akku|auto|leitung|laptop|netz|pc|internet ist|war ~ tot
        sterbe|sterben|stirbt|tot ~ vor ~ lachen|hunger|langeweile|neugier|hitze|scham|durst|freude|angst
        zum sterben schön|langweilig
        schlägt|schlag ~ alles|fass
        ich|wir $schlage dir|euch ~ vor
        ich|wir $schlage dich|euch ~ (beim|im|in) schach|fifa|tischtennis|spiel|mario|tennis|skat|poker
        ich|wir mach|mache|machen dich|euch ~ (fertig|platt) im|in|beim ~ schach|fifa|tischtennis|spiel|mario|tennis|skat|poker
        ich|wir mach|mache dich|euch ~ fertig für
        ich|wir mach|mache dir|euch
        schieß|schießt ~ los
        arme|armer|armes sau|schwein
        opfer des|der|von|und|werden|bringen|einer|eines
        clown im|zirkus
        schwein gehabt
        frauen raus aus|vom|ins
        stirb langsam
        $verkaufen _ gras _ kaninchen|schafe|kühe|pferde|meerschweinchen
        heu und gras
        gras für kaninchen|schafe|kühe|pferde|meerschweinchen
        spielzeug|wasser|heißklebe|nerf|klebe|farb|massage pistole|pistolen|waffe|waffen
        pillen gegen
        spring|springt ~ vom beckenrand|turm|dreier|dreimeterbrett
        bombe im bett
        kopf ab und zu
        titten von
        schwarze katze|schuhe|hose|jacke|kleid|tinte|schafe|löcher|zahlen|oliven
        wie ~ du tot
        du|ihr ~$sein dumm gelaufen
        mich|uns ~ tot gelacht|lachen|gefreut
        ich ~$werde ~ tot umfallen|müde
        ich ~$werde ~ sterben für
        ich sterbe|sterben ~ vor
        ich ~$werde ~ nie|niemals sterben
        """;

    private static string GermanDisguised =>
        "arschloch wichser hurensohn hurensoehne fotze fotzen schlampe hure nutte missgeburt ficken fick scheisse scheiss "
        + "judensau neger kanake schwuchtel toeten umbringen vergasen porno titten spast drecksau verrecke juden koks selbstmord";

    private static (Context Context, string Words)[] GermanContext =>
    [
        (Context.Negation, "nicht nie niemals kein keine keinen keiner keinem ohne nix ned net keinesfalls nimmer"),
        (Context.NoNegation, "warum wieso weshalb"),
        (Context.Reporting, "sagte sagten gesagt sagen sagt schrieb schrieben geschrieben schreibt schreiben rief riefen gerufen ruft rufen nannte nannten genannt nennt meinte brüllte brüllt gebrüllt drohte gedroht kommentierte zitat zitiert hörte gehört skandierte skandierten parole parolen"),
        (Context.Criticism, "rassistisch rassistische rassistischer rassistischen rassist rassisten rassismus antisemitisch antisemitismus antisemitische homophob sexistisch beleidigung beleidigungen wort wörter begriff begriffe ausdruck schimpfwort menschenverachtend menschenverachtende inakzeptabel verurteile verurteilen hetze vorurteil vorurteile klischee anzeige angezeigt melden gemeldet strafbar verboten straftat mobbing gemobbt falsch unsinn schlimm"),
        (Context.News, "polizei gericht festgenommen verhaftet verurteilt angeklagt prozess haft gefängnis staatsanwaltschaft studie bericht ermittelt ermittlungen tatverdächtiger täter überlebende überlebender gedenken museum geschichte nationalsozialismus nazis ns nationalsozialisten gedenkstätte zoll razzia deportiert entschärft entschärfung weltkrieg evakuiert feuerwehr zeitzeuge dokumentation doku vortrag 1938 1939 1941 1942 1943 1944 1945"),
        (Context.Fiction, "spiel spiele game zocken film krimi roman buch kapitel szene serie tatort figur level boss minecraft fortnite mario fifa schach theaterstück zombie zombies songtext lyrics"),
        (Context.Help, "hilfe telefonseelsorge seelsorge therapie therapeut therapeutin beratung prävention suizidprävention unterstützung klinik hotline helfen hilft"),
        (Context.Humour, "haha hahaha hihi scherz spaß lol xd grins hehe"),
    ];
}
