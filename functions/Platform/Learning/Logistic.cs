namespace ServerlessSocial.Platform.Learning;

/// <summary>
/// The logistic function of several outcomes, made of additions, multiplications and divisions alone: these are exact to the bit by IEEE 754,
/// whereas <see cref="Math.Exp"/> may differ in the last bit from one platform's library to the next.
/// </summary>
internal static class Logistic
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Turns scores (log-odds up to a common constant) into probabilities that add up to 1, in place.</summary>
    public static void ToProbabilities(Span<double> scores)
    {
        var highest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            highest = score > highest ? score : highest;
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Exp(score - highest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    /// <summary>e to the power of x, for x up to 0: x = k ln 2 + r with |r| at most ln 2 / 2, and a Taylor polynomial of degree 13 for e to the r.</summary>
    internal static double Exp(double x)
    {
        if (x < -700)
        {
            return 0;
        }

        var k = Math.Floor((x * Log2E) + 0.5);
        var r = x - (k * Ln2High) - (k * Ln2Low);
        var sum = 1.0;
        for (var i = 13; i >= 1; i--)
        {
            sum = 1 + (r / i * sum);
        }

        return sum * BitConverter.Int64BitsToDouble((1023 + (long)k) << 52);
    }
}
