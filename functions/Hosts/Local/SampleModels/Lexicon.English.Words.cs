namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    private static Dictionary<string, string> EnglishLists => new(StringComparer.Ordinal)
    {
        ["filler"] = "just really fucking fuckin literally totally completely so very all such a an the be to go and quickly honestly seriously basically already slowly alone too many of my even",
        ["will"] = "will would am are is should could want wanna swear to gonna going really fucking literally just so go come been might have need ever be seriously and personally tonight",
        ["should"] = "should must needs need have has to just really all ought be simply",
        ["thinking"] = "thinking think about of planning plan to considering on",
        ["being"] = "are r a an the is you youre such just nothing but really so all still complete total like look being little one",
        ["determiner"] = "all every the those these this my your that a any local whole entire of our",
        ["you"] = "you u ya yall yous youse yu",
        ["kill"] = "kill murder stab shoot behead strangle slaughter butcher execute lynch drown",
        ["place"] = "school schools mosque mosques synagogue synagogues church churches mall hospital university clinic airport parliament station",
        ["group"] = "$gruppe jew jews muslims islamists blacks gays lesbians immigrants migrants refugees foreigners gypsies arabs africans mexicans asians women christians hindus sikhs homosexuals transgenders turks russians ukrainians palestinians israelis cripples negroes nigger* faggot* trannies kikes",
        ["kind"] = "black brown white gay trans transgender queer jewish muslim disabled asian arab african mexican indian chinese homosexual",
        ["persons"] = "people folks men women kids children persons",
        ["lowly"] = "vermin rats cockroaches animals subhuman* parasites scum filth disease plague pests trash garbage monkeys apes savages inferior cancer",
        ["adj"] = "fucking fuckin stupid dumb fat ugly little dirty filthy pathetic worthless lazy useless disgusting retarded old goddamn bloody lying miserable damn",
        ["badly"] = "stupid dumb ugly pathetic worthless disgusting retarded braindead useless trash garbage scum",
        ["mildnoun"] = "idiot idiots moron morons imbecile* dumbass* loser losers clown clowns fool pig pigs fatso creep jerk freak twat prick dipshit",
        ["strongnoun"] = "asshole* arsehole* bitch bitches cunt cunts whore whores slut sluts scumbag* motherfucker* retard retards dickhead* bastard bastards cocksucker* shithead*",
        ["drug"] = "cocaine heroin meth mdma ecstasy xtc fentanyl xanax xans oxycontin oxy percs ketamine lsd shrooms weed ganja adderall molly",
        ["weapon"] = "guns gun glock* ak47 ak47s ar15 rifle rifles pistol pistols handguns handgun ammo grenades explosives silencers",
        ["forged"] = "fake counterfeit forged cloned stolen hacked",
        ["papers"] = "id ids credit passport passports money driver drivers license licenses covid vaccine euro dollar bills cards paypal",
        ["newcomers"] = "immigrants migrants refugees foreigners muslims jews gypsies",
    };

    /// <summary>Harmless turns of phrase; a rule that touches one of them does not count.</summary>
    private static string EnglishIdioms => """
        kill|kills|killing|killed|slay|slaying|slayed it|this|time|vibe|vibes|process|mood|switch
        you|youre|u (are) killing me|it
        is|are killing me
        i|id|would|could|will ~$will kill for
        kill two birds
        dressed to kill
        killer app|whale|whales|feature|outfit|bee|instinct|workout
        weed killer|whacker|wacker|control|garden|removal|puller|barrier|torch
        die|dying|died|dead ~ of|from|with|by ~ laughter|laughing|embarrassment|boredom|curiosity|cuteness|cringe|heat|hunger|thirst|happiness|shame
        die|dying to know|see|meet|try|hear|go|read|visit|get
        die|dying|died laughing
        die hard
        to die for
        laughed|laughing my|myself ~ off|death
        kill|killing|hurt|hurting|cut|cutting|beat|beating myself laughing|shaving|cooking|up|off|some|a|at|on|while|short|chopping|in|trying|for|with
        shoot|shooting|shot me|us|you|him|her|them|u ~ email|mail|message|msg|text|dm|line|note|question
        shoot|shooting|shot ~$determiner (first|new|short|own|music|wedding|last) film|video|movie|scene|photos|pictures|pics|hoops|breeze|portrait|commercial
        shoot you in black|full|natural|colour|color
        beat you at|to|in|by|again|next|there
        destroy|murder|kill you at|in ~ chess|fifa|mario|tennis|scrabble|monopoly|poker|darts
        burn you a|some
        hurt you to know|if
        break a leg
        bombed|bombing ~$determiner exam|test|interview|audition|gig
        bath|photo bomb|bombs
        bomb the exam|test|interview
        blow|blowing up ~$determiner phone|balloons|mentions
        jump off a|the bridge|cliff with|into|bungee
        go ~ die hard
        dead tired|gorgeous|line|serious|lift|lifts|right|wrong
        dead man walking|tell|tells
        sick beat|beats|track|drop|moves|bass|riff
        sex education|ed
        son of a bitch that|what|i|it
        resting|basic|bad bitch
        poor|lucky bastard|bastards
        moby dick
        pussy cat|riot|willow
        guinea pig|pigs
        clown fish|car|face
        april fool|fools
        fool around
        loser buys|pays
        sore loser
        glue|nerf|heat|water|massage|nail|staple|squirt|tattoo|spray|radar|grease gun|guns|pistol
        diet|zero|vintage|cherry coke
        coke zero|can|cans|bottle|bottles|machine|glass|glasses|float
        women out there|and|of|with|in
        {people} out of|there|in|and|loud
        """.Replace("{people}", "women|gays|refugees|immigrants|muslims|christians|lesbians|foreigners", StringComparison.Ordinal);

    private static string EnglishDisguised =>
        "fuck fucking fucker shit bitch bitches cunt whore slut asshole retard nigger faggot kike kill killing rape raped "
        + "porn dick cock pussy idiot moron suicide murder hate jews nudes cocaine heroin scum dumb stupid bastard you yourself";

    private static (Context Context, string Words)[] EnglishContext =>
    [
        (Context.Negation, "not never no dont doesnt didnt wont wouldnt cant cannot couldnt shouldnt isnt arent aint without stop"),
        (Context.NoNegation, "why"),
        (Context.Reporting, "said says saying wrote writes called calls calling tweeted texted told yelled shouted screamed threatened messaged commented quote quoted heard chanting chanted read"),
        (Context.Criticism, "racist racism racists antisemitic antisemitism homophobic homophobia sexist bigotry slur slurs offensive unacceptable condemn condemns condemned wrong term word phrase banned hateful prejudice stereotype stereotypes crime illegal prosecuted report reported bullied bullying myth"),
        (Context.News, "police court arrested convicted sentenced accused trial charged jailed prison victim victims study studies survivor survivors history museum documentary lecture essay seized raid news memorial smuggling trafficking genocide regime militia taliban nazis 1938 1939 1941 1942 1943 1944 1945"),
        (Context.Fiction, "game games gaming movie movies film novel book chapter character characters boss level raid minecraft fortnite valorant npc zombies zombie lyrics scene playthrough chess quest villain"),
        (Context.Help, "help hotline helpline therapist therapy counselor counsellor prevention support survivor recovery recovering awareness lifeline samaritans"),
        (Context.Humour, "lol lmao lmfao rofl haha hahaha hahahaha hehe jk kidding joking xd"),
    ];
}
