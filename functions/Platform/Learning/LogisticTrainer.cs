using System.Numerics;
using System.Runtime.InteropServices;

namespace ServerlessSocial.Platform.Learning;

/// <summary>An example to learn from.</summary>
/// <param name="Label">Index of its label.</param>
/// <param name="Folded">The text, folded.</param>
public readonly record struct Example(int Label, string Folded);

/// <summary>How to train.</summary>
/// <param name="Epochs">How often every example is seen.</param>
/// <param name="Rate">Learning rate of AdaGrad.</param>
public readonly record struct Training(int Epochs, float Rate);

/// <summary>
/// Trains a <see cref="LinearModel"/> by multinomial logistic regression with AdaGrad (Duchi, Hazan and Singer 2011). The same examples give the
/// same model to the bit on every machine: one thread; examples in an order of its own; single-precision additions, multiplications, divisions
/// and square roots, which IEEE 754 defines exactly and .NET does not fuse; vectors only element by element, so that their width does not
/// matter; and exponentials by <see cref="Logistic"/>.
/// </summary>
public static class LogisticTrainer
{
    /// <summary>Labels are padded to this, a multiple of every width a vector of floats can have.</summary>
    private const int Lane = 16;

    private const float Epsilon = 1e-6f;

    /// <summary>Trains a model.</summary>
    /// <param name="labels">The labels that examples name by index.</param>
    /// <param name="examples">What to learn from.</param>
    /// <param name="features">Which features the model shall see.</param>
    /// <param name="training">How.</param>
    public static LinearModel Train(IReadOnlyList<string> labels, IReadOnlyList<Example> examples, TextFeatures features, Training training)
    {
        var stride = (labels.Count + Lane - 1) / Lane * Lane;
        var seen = examples.Select(example => FeaturesOf(example, features)).ToArray();
        var state = new State(stride, features.Buckets, labels.Count, training);
        var order = Enumerable.Range(0, seen.Length).ToArray();
        var random = 0x5EED_0000_0000_0001UL;
        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            Shuffle(order, ref random);
            foreach (var index in order)
            {
                state.Learn(seen[index], examples[index].Label);
            }
        }

        return state.Quantised(labels, features);
    }

    private static int[] FeaturesOf(Example example, TextFeatures features)
    {
        var buckets = new int[features.Most(example.Folded.Length)];
        return buckets[..features.Find(example.Folded, buckets)];
    }

    /// <summary>Fisher and Yates, with SplitMix64 (Steele, Lea and Flood 2014) for the dice.</summary>
    private static void Shuffle(int[] order, ref ulong random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            random += 0x9E37_79B9_7F4A_7C15;
            var z = random;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            var j = (int)((z ^ (z >> 31)) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private sealed class State(int stride, int buckets, int labels, Training training)
    {
        private readonly float[] weights = new float[buckets * stride];
        private readonly float[] squares = new float[buckets * stride];
        private readonly float[] gradient = new float[stride];
        private readonly double[] probabilities = new double[labels];

        public void Learn(int[] features, int label)
        {
            var share = LinearModel.Share(features.Length);
            Guess(features, share);
            for (var i = 0; i < labels; i++)
            {
                gradient[i] = ((float)probabilities[i] - (i == label ? 1 : 0)) * share;
            }

            var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
            var (rate, epsilon) = (new Vector<float>(training.Rate), new Vector<float>(Epsilon));
            foreach (var bucket in features)
            {
                var weight = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(bucket * stride, stride));
                var square = MemoryMarshal.Cast<float, Vector<float>>(squares.AsSpan(bucket * stride, stride));
                for (var i = 0; i < weight.Length; i++)
                {
                    square[i] += gradients[i] * gradients[i];
                    weight[i] -= rate * gradients[i] / (Vector.SquareRoot(square[i]) + epsilon);
                }
            }
        }

        public LinearModel Quantised(IReadOnlyList<string> names, TextFeatures features)
        {
            // A few weights are far out; clipping them leaves the others more steps.
            var sizes = weights.Select(Math.Abs).Order().ToArray();
            var step = sizes[(int)(sizes.Length * 0.9999)] / sbyte.MaxValue;
            var quantised = new sbyte[buckets * labels];
            for (var bucket = 0; bucket < buckets; bucket++)
            {
                for (var label = 0; label < labels; label++)
                {
                    quantised[(bucket * labels) + label] =
                        (sbyte)Math.Clamp(MathF.Round(weights[(bucket * stride) + label] / step), -sbyte.MaxValue, sbyte.MaxValue);
                }
            }

            return new LinearModel(names, features, quantised, step);
        }

        private void Guess(int[] features, float share)
        {
            Span<float> sums = stackalloc float[stride];
            sums.Clear();
            var lanes = MemoryMarshal.Cast<float, Vector<float>>(sums);
            foreach (var bucket in features)
            {
                var weight = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(bucket * stride, stride));
                for (var i = 0; i < lanes.Length; i++)
                {
                    lanes[i] += weight[i];
                }
            }

            for (var i = 0; i < labels; i++)
            {
                probabilities[i] = sums[i] * share;
            }

            Logistic.ToProbabilities(probabilities);
        }
    }
}
