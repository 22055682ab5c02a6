using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    /// <summary>Sexual content, self-harm and illegal goods.</summary>
    private static LexiconRule[] GermanOther =>
    [
        new("de.sexuell.explizit", Sexual, 0.6, None, """
            porno|pornos|titten|fickvideo*|sperma|notgeil|wichsvorlage*|gangbang
            will|möchte|lass|komm (mich|uns|dich) ficken
            schwanz lutschen|blasen|wichsen
            meinen|deinen schwanz
            lutsch|blas|leck mir|meinen|meine (einen|den) schwanz|einen|muschi|fotze|eier
            geilen|geiler|harter|harten sex|schwanz|fick
            feuchte|nasse|enge muschi|pussy|möse|fotze
            """),
        new("de.sexuell.anbahnung", Sexual, 0.7, None, """
            schick|schickt|zeig|zeigt|tausche|verkaufe ~ (mir|uns) ~ (deine|meine|paar|deinen) nacktbilder|nacktfotos|nudes|titten|nacktbild|brüste|schwanz
            nacktbilder|nudes|nacktfotos gegen|tauschen
            sextreffen|ficktreffen|sexkontakte|fickkontakte|sexchat|fickdate*|sexdate*
            ich ~$werde dich ~ (hart|richtig) ficken|durchficken|vögeln|bumsen
            heiße|geile frauen|girls|hausfrauen|singles|milfs warten|suchen
            """),
        new("de.sexuell.kinder", Sexual, 0.96, None, """
            kinderporn*|kipos
            sex|nacktbilder|nacktfotos|nudes|pornos mit|von ~ minderjährigen|kindern|schülerinnen|kind
            minderjährige (mädchen|schülerin) nackt|ficken|nacktbilder|nudes|nacktfotos
            # jahre|jährige|jähriges (alt) (mädchen|schülerin) nackt|ficken|nacktbilder|nudes
            """),
        new("de.selbstverletzung.absicht", SelfHarm, 0.85, Direct, """
            ich bring|bringe mich ~ um
            ich häng|hänge|erhänge mich ~ auf
            ich erschieße|erhänge|vergifte mich
            bring|bringe ich mich ~ um
            ich spring|springe ~ von|vor ~$artikel brücke|zug|hochhaus|dach
            ich|und ritze|ritz mich
            mich ~ umbringen|erhängen|umzubringen|erschießen|töten|ritzen
            ich (kann) (und) will|möchte|mag|kann (einfach|echt|wirklich|so) nicht mehr (länger|weiter) leben|weiterleben
            will|möchte|mag|kann ich (einfach|echt|wirklich) nicht mehr (länger|weiter) leben|weiterleben
            ich will|möchte (einfach|nur|echt|endlich|wirklich) (nur|noch|einfach) (noch) sterben
            ich will|möchte (einfach|nur|endlich) (nur|noch) (noch) tot sein
            will|möchte ich ~ sterben
            mir ~ das leben nehmen|nehme
            ich ~$werde (mein|meinem) leben ~ (ein) beenden|ende
            ich wünschte|wollte ich wäre ~ tot
            wäre ich ~ tot
            selbstmord|suizid begehen
            """),
        new("de.selbstverletzung.hoffnungslos", SelfHarm, 0.72, Direct, """
            ohne mich ~$wäre besser
            besser ~ dran ohne mich
            sinn|grund mehr zu|im leben
            niemand|keiner würde mich ~ vermissen
            niemand|keiner würde ~ merken|bemerken|vermissen|interessieren wenn ich
            mein leben hat ~ keinen sinn
            """),
        new("de.selbstverletzung.gedanken", SelfHarm, 0.45, Direct, """
            suizidgedanken|selbstmordgedanken
            """),
        new("de.selbstverletzung.thema", SelfHarm, 0.2, None, """
            suizid|suizids|selbstmord|selbstverletzung|suizidal
            """),
        new("de.ware.drogen", IllegalGoods, 0.78, None, """
            $verkaufen _ $droge
            wir verkaufen _ $droge
            $droge ~ (günstig|billig) ~ (zu) abzugeben|verkaufen|lieferbar
            $droge ~ (online|diskret|anonym) bestellen|versand|lieferung
            hab|habe|haben ~ (frisches|gutes|reines|bestes) $droge ~ da|lager|angebot|start
            """),
        new("de.ware.drogen-suche", IllegalGoods, 0.5, None, """
            suche|brauche ~ (gutes|dringend|bisschen|günstig) $droge
            wer verkauft ~ (gutes|hier) $droge
            wo kann|kriege|bekomme|krieg ich|man ~ (gutes|günstig|hier) $droge
            """),
        new("de.ware.waffen", IllegalGoods, 0.78, None, """
            $verkaufen _ $waffe
            $waffe ~ (kaufen) ohne waffenschein|schein|registrierung
            $waffe ~ (zu) abzugeben
            illegale $waffe kaufen|bestellen
            auftragskiller ~ mieten|buchen|gesucht
            """),
        new("de.ware.gefälscht", IllegalGoods, 0.8, None, """
            falschgeld ~ (zu|online) kaufen|bestellen|abzugeben|verkaufen
            führerschein|reisepass|personalausweis|impfpass|impfpässe|doktortitel|pässe ~ (ohne|online|sofort) ~ (prüfung) kaufen|bestellen
            führerschein ~ ohne prüfung
            wer|jemand braucht|will ~ falschgeld|blüten
            $gefälscht (eu|deutsche) $papiere ~ (zu|online|günstig) kaufen|abzugeben|bestellen|verkaufen|verfügbar
            $verkaufen _ falschgeld|kreditkartendaten|impfpässe
            $verkaufen _ $gefälscht $papiere
            """),
    ];
}
