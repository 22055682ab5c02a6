namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Layered noise computed once on a coarse grid; reading it for every pixel costs a few multiplications.</summary>
internal sealed class NoiseField
{
    private const int Step = 8;

    private readonly float[] _grid;
    private readonly int _columns;

    /// <param name="noise">Where the values come from.</param>
    /// <param name="width">Pixels covered from the left.</param>
    /// <param name="height">Pixels covered from the top.</param>
    /// <param name="cellWidth">Width in pixels of the coarsest features.</param>
    /// <param name="cellHeight">Height in pixels of the coarsest features.</param>
    /// <param name="octaves">Number of scales.</param>
    public NoiseField(Noise noise, int width, int height, float cellWidth, float cellHeight, int octaves)
    {
        _columns = (width / Step) + 2;
        var rows = (height / Step) + 2;
        _grid = new float[_columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                _grid[(row * _columns) + column] = noise.Layered(column * Step / cellWidth, row * Step / cellHeight, octaves);
            }
        }
    }

    /// <summary>The noise at a pixel within the covered area.</summary>
    public float At(int x, int y)
    {
        var corner = ((y / Step) * _columns) + (x / Step);
        var tx = (x % Step) * (1f / Step);
        var ty = (y % Step) * (1f / Step);
        var top = _grid[corner] + ((_grid[corner + 1] - _grid[corner]) * tx);
        var bottom = _grid[corner + _columns] + ((_grid[corner + _columns + 1] - _grid[corner + _columns]) * tx);
        return top + ((bottom - top) * ty);
    }
}
