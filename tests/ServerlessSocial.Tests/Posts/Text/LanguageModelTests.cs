using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ServerlessSocial.Benchmarks.Languages;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Posts.Text;

/// <summary>The model that guesses languages: made from the sentences beside it, and good enough on posts it has never seen.</summary>
public sealed class LanguageModelTests
{
    private static readonly string Sentences = Path.Combine(Root(), LanguageTraining.Folder);

    [Fact]
    public void Two_hundred_unseen_posts_in_twelve_languages_are_guessed_right_and_hardly_one_wrong()
    {
        var posts = Posts("unseen.tsv");
        var guesses = posts.Select(post => (post.Text, post.Language, Guess: LanguageGuess.Of(post.Text))).ToList();

        var right = guesses.Count(guess => guess.Guess == guess.Language);
        var wrong = guesses.Where(guess => guess.Guess is not null && guess.Guess != guess.Language).ToList();

        Assert.Equal((200, 12), (posts.Count, posts.DistinctBy(post => post.Language).Count()));
        Assert.True(right >= 180, $"{right} right");
        Assert.True(wrong.Count <= 5, $"{wrong.Count} wrong: {string.Join("; ", wrong)}");
    }

    [Fact]
    public void Unseen_posts_are_not_among_the_sentences_it_was_trained_on()
    {
        var trained = Directory.GetFiles(Sentences, "*.txt").SelectMany(LanguageTraining.Sentences).Select(Plain).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Posts("unseen.tsv").Concat(Posts("tuning.tsv")), post => trained.Contains(Plain(post.Text)));
    }

    [Fact]
    public void The_model_is_the_one_that_training_makes_from_the_sentences_to_the_bit()
    {
        using var trained = new MemoryStream();
        LanguageTraining.Train(Sentences).Write(trained);

        Assert.True(
            Convert.ToHexString(SHA256.HashData(trained.ToArray())) == Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Sentences, LanguageTraining.ModelFile)))),
            "Sentences or learner changed. Train it anew: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- language train");
    }

    private static string Plain(string text) => new([.. text.ToLowerInvariant().Where(char.IsLetter)]);

    private static List<(string Language, string Text)> Posts(string file) =>
        [.. File.ReadLines(Path.Combine(Here(), "Languages", file)).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1]))];

    private static string Root() => Path.GetFullPath(Path.Combine(Here(), "../../../.."));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
