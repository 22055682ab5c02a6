using System.Diagnostics;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Benchmarks.Languages;

/// <summary>Trains the language model, and says what a guess takes.</summary>
public static class LanguageCommand
{
    private const int Rounds = 20;

    /// <summary>Trains the model anew, or measures the one that is built in.</summary>
    /// <param name="root">Root of the repository.</param>
    /// <param name="train">Whether to train, which writes the model's file.</param>
    public static void Run(string root, bool train)
    {
        var folder = Path.Combine(root, LanguageTraining.Folder);
        if (train)
        {
            Train(folder);
        }
        else
        {
            Measure(folder);
        }
    }

    private static void Train(string folder)
    {
        var watch = Stopwatch.StartNew();
        var model = LanguageTraining.Train(folder);
        var file = Path.Combine(folder, LanguageTraining.ModelFile);
        using (var stream = File.Create(file))
        {
            model.Write(stream);
        }

        Console.WriteLine($"{model.Labels.Count} labels, trained in {watch.Elapsed.TotalSeconds:F1} s: {file} ({new FileInfo(file).Length / 1024.0:N0} KB). Build again to have it.");
    }

    private static void Measure(string folder)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        LanguageGuess.Of("This loads the model.");
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        string[] posts = [.. Directory.GetFiles(folder, "*.txt").SelectMany(LanguageTraining.Sentences)];
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var post in posts)
            {
                LanguageGuess.Of(post);
            }

            times.Add(watch.Elapsed.TotalMicroseconds / posts.Length);
        }

        times.Sort();
        Console.WriteLine($"language guess: {times[Rounds / 2]:F1} microseconds a post of {posts.Average(post => post.Length):F0} characters (goal 100), model in memory {memory / 1048576.0:F1} MB (goal 10)");
    }
}
