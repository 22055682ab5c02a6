using System.Text;

namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Finds motifs in German and English prompts by their words.</summary>
internal static class PromptReader
{
    // A star stands for any letters: after a word for its forms, before it for German compounds. Short words have none, because
    // they would be found in words that mean something else.
    private static readonly (string Words, Motif Motif)[] Vocabulary =
    [
        ("sea seas seaside ocean* meer* ozean* strand* beach* wave waves welle* lake* see* *see *seen *meer küste* *küste coast* harbo* hafen* river* fluss* wasser* water insel* island* bucht*", Motif.Water),
        ("mountain* berg berge bergen bergs bergse* *berg *berge *bergen gebirg* alpen* alps gipfel* peak* summit* vulkan* volcano* fels* cliff*", Motif.Mountains),
        ("city cities cityscape* stadt* städt* *stadt skyline* street* straße* tower* turm* hochhaus* hochhäuser* skyscraper* downtown berlin paris london tokyo tokio", Motif.City),
        ("forest* wald* wälder* wood woods tanne* fichte* jungle dschungel* *wald *wälder", Motif.Forest),
        ("flower* *flowers blume* *blume *blumen blüte* blüh* rose roses rosen tulp* tulip* sonnenblume* sunflower* *wiese *wiesen wiese* meadow* garden* garten* gärten* frühling* spring daisy", Motif.Flowers),
        ("space weltraum* weltall* universe* universum* galax* planet* kosmos cosmos* cosmic nebula* astronaut* rakete* rocket* stars starry stern sterne sternen* orbit* milky milchstraße*", Motif.Space),
        ("desert* wüste* dune dunes düne* sahara oase* oasis", Motif.Desert),
        ("hill hills hügel* landscape* landschaft* field* feld felder* countryside tal valley* horizon*", Motif.Hills),
        ("abstract* abstrakt* pattern* muster* geometr* gradient* background* hintergrund* wallpaper* ai ki data daten* music musik* dream* traum*", Motif.Abstract),
        ("night* nacht* *nacht nächt* moon* mond* midnight mitternacht* dark dunkel* sternenhimmel* neon", Motif.Night),
        ("sunset* sonnenuntergang* abend* dusk evening* dämmerung* orange red rot rote roter rotes warm* golden* feuer* fire", Motif.Sunset),
        ("sun sunny sonne sonnen sonnig* sonnenschein* day tag tags sommer* summer* blau* blue himmel* sky clear", Motif.Day),
        ("morning* morgen* sunrise* sonnenaufgang* dawn pink rosa soft sanft*", Motif.Morning),
        ("grey gray grau* fog* nebel* neblig* mist* storm* sturm* gewitter*", Motif.Grey),
        ("rain* regen* regnet*", Motif.Grey | Motif.Rain),
        ("winter* schnee* snow* eis ice icy frost* arctic arktis", Motif.Winter | Motif.Snow),
        ("autumn* herbst* fall oktober* october", Motif.Autumn),
        ("green grün* emerald smaragd* aurora* polarlicht* nordlicht*", Motif.Green),
        ("purple lila violet* violett* magic* magisch* fantasy fantas* zauber*", Motif.Purple),
        ("cat cats *katze *katzen kitten* katze* kätzchen* kater", Motif.Cat),
        ("dog dogs puppy hund hunde* *hund welpe*", Motif.Dog),
        ("bird* vogel* *vogel vögel* möwe* seagull* eagle* adler* gans gänse goose geese", Motif.Bird),
        ("boat* boot* *boot ship* schiff* sail* segel* yacht*", Motif.Boat | Motif.Water),
        ("house* haus häuser hütte* hut cabin* cottage* home farm* bauernhof*", Motif.House),
        ("person* people mensch* man woman girl boy mann frau* mädchen junge kind kinder* child* portrait* porträt* selfie wanderer* hiker* friend* freund*", Motif.Person),
        ("balloon* ballon* heißluftballon* luftballon*", Motif.Balloon),
        ("tree trees baum* bäume* *baum *bäume oak eiche*", Motif.Tree),
    ];

    private static readonly Dictionary<string, Motif> Words = Entries().Where(e => !e.Word.Contains('*')).GroupBy(e => e.Word)
        .ToDictionary(g => g.Key, g => g.Aggregate(Motif.None, (all, e) => all | e.Motif));

    private static readonly (string Stem, Motif Motif)[] Stems =
        [.. Entries().Where(e => e.Word.EndsWith('*')).Select(e => (e.Word[..^1], e.Motif))];

    private static readonly (string Ending, Motif Motif)[] Endings =
        [.. Entries().Where(e => e.Word.StartsWith('*')).Select(e => (e.Word[1..], e.Motif))];

    /// <summary>All motifs of the prompt; <see cref="Motif.None"/> when no word is known.</summary>
    public static Motif Read(string prompt)
    {
        var motifs = Motif.None;
        var previous = "";
        foreach (var written in SplitIntoWords(prompt))
        {
            var word = written.ToLowerInvariant();

            // "See" is a lake in German and capitalised; in English it is a verb and is not, except as a first word.
            if (!word.StartsWith("see", StringComparison.Ordinal) || (written[0] == 'S' && previous.Length > 0))
            {
                motifs |= MotifsOf(word);
            }

            previous = word;
        }

        return motifs;
    }

    private static Motif MotifsOf(string word)
    {
        var motifs = Words.GetValueOrDefault(word);
        foreach (var (stem, motif) in Stems)
        {
            if (word.StartsWith(stem, StringComparison.Ordinal))
            {
                motifs |= motif;
            }
        }

        foreach (var (ending, motif) in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                motifs |= motif;
            }
        }

        return motifs;
    }

    private static IEnumerable<string> SplitIntoWords(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsLetter(character))
            {
                word.Append(character);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static IEnumerable<(string Word, Motif Motif)> Entries() =>
        Vocabulary.SelectMany(entry => entry.Words.Split(' '), (entry, word) => (word, entry.Motif));
}
