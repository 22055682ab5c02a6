namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Smooth value noise in one and two dimensions; all results are from 0 to 1.</summary>
internal sealed class Noise
{
    private const int Period = 256;

    private readonly float[] _values = new float[Period];
    private readonly byte[] _order = new byte[Period];

    public Noise(SeededRandom random)
    {
        for (var i = 0; i < Period; i++)
        {
            _values[i] = random.Next();
            _order[i] = (byte)i;
        }

        for (var i = Period - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }
    }

    public float At(float x)
    {
        var cell = (int)MathF.Floor(x);
        var t = Ease(x - cell);
        var left = _values[_order[cell & 255]];
        return left + ((_values[_order[(cell + 1) & 255]] - left) * t);
    }

    public float At(float x, float y)
    {
        var column = (int)MathF.Floor(x);
        var row = (int)MathF.Floor(y);
        var tx = Ease(x - column);
        var ty = Ease(y - row);
        var left = _order[column & 255];
        var right = _order[(column + 1) & 255];
        var topLeft = _values[(left + (row * 57)) & 255 ^ _order[row & 255]];
        var topRight = _values[(right + (row * 57)) & 255 ^ _order[row & 255]];
        var bottomLeft = _values[(left + ((row + 1) * 57)) & 255 ^ _order[(row + 1) & 255]];
        var bottomRight = _values[(right + ((row + 1) * 57)) & 255 ^ _order[(row + 1) & 255]];
        var top = topLeft + ((topRight - topLeft) * tx);
        var bottom = bottomLeft + ((bottomRight - bottomLeft) * tx);
        return top + ((bottom - top) * ty);
    }

    /// <summary>Several scales of noise on top of each other, each twice as fine and half as strong.</summary>
    public float Layered(float x, int octaves)
    {
        float sum = 0, total = 0, strength = 1;
        for (var i = 0; i < octaves; i++, strength *= 0.5f, x = (x * 2) + 17.3f)
        {
            sum += At(x) * strength;
            total += strength;
        }

        return sum / total;
    }

    /// <inheritdoc cref="Layered(float, int)"/>
    public float Layered(float x, float y, int octaves)
    {
        float sum = 0, total = 0, strength = 1;
        for (var i = 0; i < octaves; i++, strength *= 0.5f, x = (x * 2) + 17.3f, y = (y * 2) + 9.1f)
        {
            sum += At(x, y) * strength;
            total += strength;
        }

        return sum / total;
    }

    private static float Ease(float t) => t * t * (3 - (2 * t));
}
