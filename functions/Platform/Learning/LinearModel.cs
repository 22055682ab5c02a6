using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ServerlessSocial.Platform.Learning;

/// <summary>
/// A trained model: for each label, how strongly each feature of a text speaks for it. With many labels it says which one a text has; a model
/// with two labels, a category and its absence, is the logistic regression of that category alone. Made by <see cref="LogisticTrainer"/>.
/// </summary>
/// <remarks>Safe for many threads. Holds one byte for each label and bucket, and scores with integers.</remarks>
public sealed class LinearModel
{
    private const uint Magic = 0x314D_4C53;

    /// <summary>Characters of a folded text that are read: more do not change the answer.</summary>
    private const int LongestText = 1_024;

    private readonly sbyte[] weights;
    private readonly float step;

    /// <summary>Puts a model together.</summary>
    /// <param name="labels">What it tells apart.</param>
    /// <param name="features">The features it was trained on.</param>
    /// <param name="weights">A weight for each bucket and, within it, for each label, in units of <paramref name="step"/>.</param>
    /// <param name="step">What one unit of weight means in log-odds.</param>
    internal LinearModel(IReadOnlyList<string> labels, TextFeatures features, sbyte[] weights, float step)
    {
        (Labels, Features, this.weights, this.step) = (labels, features, weights, step);
    }

    /// <summary>What it tells apart, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The features it reads.</summary>
    public TextFeatures Features { get; }

    /// <summary>How probable each label is for a folded text.</summary>
    /// <param name="folded">What <see cref="FoldedText.Fold"/> made; of a long text the beginning is read.</param>
    /// <param name="probabilities">Where to: one for each label; they add up to 1. Of an empty text all are alike.</param>
    public void Judge(ReadOnlySpan<char> folded, Span<double> probabilities)
    {
        folded = folded.Length > LongestText ? folded[..(folded[..LongestText].LastIndexOf(' ') + 1)] : folded;
        var buckets = ArrayPool<int>.Shared.Rent(Features.Most(folded.Length));
        Score(buckets.AsSpan(0, Features.Find(folded, buckets)), probabilities);
        ArrayPool<int>.Shared.Return(buckets);
        Logistic.ToProbabilities(probabilities);
    }

    private void Score(ReadOnlySpan<int> buckets, Span<double> scores)
    {
        Span<int> sums = stackalloc int[Labels.Count];
        sums.Clear();
        foreach (var bucket in buckets)
        {
            var row = weights.AsSpan(bucket * sums.Length, sums.Length);
            for (var label = 0; label < row.Length; label++)
            {
                sums[label] += row[label];
            }
        }

        var unit = step * Share(buckets.Length);
        for (var label = 0; label < sums.Length; label++)
        {
            scores[label] = sums[label] * unit;
        }
    }

    /// <summary>What one of so many features counts: evidence grows with the root of their number, because neighbours say much the same.</summary>
    internal static float Share(int features) => features == 0 ? 0 : 1 / MathF.Sqrt(features);

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is no model, or of another version.</exception>
    public static LinearModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
        {
            throw new InvalidDataException("This is no model, or one of another version.");
        }

        var features = new TextFeatures(reader.ReadInt32(), reader.ReadInt32());
        var unit = reader.ReadSingle();
        var labels = new string[reader.ReadInt32()];
        for (var label = 0; label < labels.Length; label++)
        {
            labels[label] = reader.ReadString();
        }

        var table = new sbyte[features.Buckets * labels.Length];
        stream.ReadExactly(MemoryMarshal.AsBytes(table.AsSpan()));
        return new LinearModel(labels, features, table, unit);
    }

    /// <summary>Writes the model: little-endian, without anything that changes from one time to the next.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Features.Buckets);
        writer.Write(Features.LongestRun);
        writer.Write(step);
        writer.Write(Labels.Count);
        foreach (var label in Labels)
        {
            writer.Write(label);
        }

        writer.Write(MemoryMarshal.AsBytes(weights.AsSpan()));
    }
}
