namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>
/// Draws a figure around its foot: x to the right, y upwards, in units of its size. The rim pass draws the same shapes in
/// light, moved towards the sun, and leaves out details.
/// </summary>
internal sealed record Brush(Scene Scene, float FootX, float FootY, float Size, Rgb Body, bool IsRim)
{
    public void Ellipse(float x, float y, float radiusX, float radiusY) => Ellipse(x, y, radiusX, radiusY, Body);

    public void Detail(float x, float y, float radiusX, float radiusY, Rgb colour)
    {
        if (!IsRim)
        {
            Ellipse(x, y, radiusX, radiusY, colour);
        }
    }

    public void Shape(params ReadOnlySpan<(float X, float Y)> corners) => Shape(Body, corners);

    public void DetailShape(Rgb colour, params ReadOnlySpan<(float X, float Y)> corners)
    {
        if (!IsRim)
        {
            Shape(colour, corners);
        }
    }

    public void Stroke(float fromX, float fromY, float toX, float toY, float thickness) =>
        Scene.Canvas.Stroke(
            FootX + (fromX * Size), FootY - (fromY * Size), FootX + (toX * Size), FootY - (toY * Size), thickness * Size, Body);

    private void Ellipse(float x, float y, float radiusX, float radiusY, Rgb colour) =>
        Scene.Canvas.Ellipse(FootX + (x * Size), FootY - (y * Size), radiusX * Size, radiusY * Size, colour);

    private void Shape(Rgb colour, ReadOnlySpan<(float X, float Y)> corners)
    {
        var placed = new (float X, float Y)[corners.Length];
        for (var i = 0; i < corners.Length; i++)
        {
            placed[i] = (FootX + (corners[i].X * Size), FootY - (corners[i].Y * Size));
        }

        Scene.Canvas.Polygon(placed, colour);
    }
}
