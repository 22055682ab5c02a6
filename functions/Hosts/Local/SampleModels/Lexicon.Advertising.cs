using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    /// <summary>Phrases of unsolicited advertising and fraud in both languages. No context excuses them; several together count.</summary>
    private static LexiconRule[] Advertising =>
    [
        new("spam.followers", Spam, 0.62, Plain, """
            buy|get|gain|cheap|free (#) (real|instant|active|free) (instagram|tiktok|twitter) followers|likes|subscribers
            follow for follow
            # (#) follower|likes|abonnenten für
            # followers|likes|subscribers instantly|cheap|free
            f4f|l4l|followback
            follower|likes|abonnenten kaufen|günstig|kostenlos|gratis
            kaufe|kauf|kauft|hol|gratis (dir|jetzt|echte) (#) (jetzt|echte) follower|likes|abonnenten
            """),
        new("spam.giveaway", Spam, 0.68, Plain, """
            crypto|bitcoin|btc|eth|ethereum|usdt|solana|nft|doge|token (token) giveaway|airdrop|presale
            free|claim|win (your|a|an|#) (free) bitcoin|btc|eth|crypto|usdt|iphone|airdrop|nft|nfts|robux|vbucks|voucher|giftcard
            bitcoin*|krypto*|geld verschenken|gewinnspiel
            gratis|kostenlos|kostenloses|kostenlose (ein|neues) iphone|krypto|bitcoin|gutscheinkarte*
            """),
        new("spam.doubling", Spam, 0.68, Plain, """
            double|doubling|triple (your|ur) bitcoin|btc|eth|money|crypto|investment
            bitcoin*|krypto*|geld verdoppeln
            send # (#) btc|eth|bitcoin ~ get|receive # (#) btc|eth|bitcoin
            verdopple|verdoppelt (dein|deine|euer) geld|bitcoin*|krypto*|einsatz
            """),
        new("spam.riches", Spam, 0.6, Plain, """
            guaranteed (daily|weekly) profit|profits|returns|income|roi
            risk free profit|profits|returns|income
            make|earn|earning ~ (up) (to|over) # (eur|usd|dollars|euros) per|a|every|each day|week|hour|month
            make|earn|earning ~ (up) (to|over) # (eur|usd|dollars|euros) daily|weekly
            get rich quick|fast
            passive income with|from|dm|stream
            schnell|leicht|einfach|online (und) (schnell|leicht|einfach|online) geld verdienen
            garantierte|garantiert|risikofreie (hohe) gewinn|gewinne|rendite*|einkommen
            verdiene|verdien|verdient ~ (bis) (zu) # (euro|eur) ~ (pro|täglich|tag) täglich|tag|woche|monat
            verdiene|verdien|verdient ~ täglich|pro # euro|eur
            schnell reich werden
            passives einkommen
            forex|trading|krypto|crypto signals|signale|mentor
            kredit|kredite (sofort|online) ohne schufa
            """),
        new("spam.pills", Spam, 0.55, Plain, """
            viagra|cialis|kamagra
            lose|drop # pounds|kg|lbs|kilos in|fast
            # kilo|kg in # tagen|wochen|tag (abnehmen)
            weight loss pill|pills|miracle|secret
            penis enlargement|verlängerung
            online casino|casinos
            casino bonus
            """),
        new("spam.won", Spam, 0.55, Plain, """
            congratulations you|u ~ (have|ve|are|been) ~ won|selected|winner
            you|u have won a|an|our (free) prize|iphone|gift|voucher|car|lottery
            du|sie hast|haben ~ iphone|gutschein|reise|gutscheinkarte gewonnen
            glückwunsch du|sie hast|haben|wurdest|wurden ~ (iphone|gutschein) gewonnen|ausgewählt
            claim your ~ prize|reward|gift|bonus
            verify|bestätige|verifiziere your|dein|ihr|deine account|konto|wallet|daten now|jetzt|sofort|here|hier|or|sonst
            """),
        new("spam.act", Spam, 0.3, Plain, """
            click|klick|klicke|klickt (on|auf|jetzt) (the|my|den|this) here|hier|link|below|unten|jetzt
            link in my|der|meiner bio|profile|beschreibung
            act|order|buy|join|sign|subscribe (up) now|today
            jetzt bestellen|kaufen|anmelden|sichern|zuschlagen|mitmachen|einsteigen
            your|dein|ihr account|konto will|has|wird|wurde ~ suspended|gesperrt
            limited time|spots|stock
            nur heute
            last chance
            dont miss out|this
            100 legit|legal|seriös
            check out my (new) store|shop|channel|page|onlyfans
            onlyfans
            """),
        new("spam.off-platform", Spam, 0.3, Plain, """
            dm|message|text|contact|write|hit|inbox|add me|us|now ~ (on|for|to|via|up) whatsapp|telegram|info|invest|start
            dm|message|text|contact|write|inbox me|us now|today
            whatsapp|telegram # (#) (#)
            schreib|schreibt|meldet|melde mir|mich|dich|euch (auf|per|bei) (mir) whatsapp|telegram|privat
            join my|our (free|vip) telegram|whatsapp|channel|discord
            """),
    ];
}
