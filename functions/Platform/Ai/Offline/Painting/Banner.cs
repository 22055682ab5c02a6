namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>The strip at the bottom that says what the picture is: a sample, and of what.</summary>
internal static class Banner
{
    private const string Label = "SAMPLE - OFFLINE MODEL";

    public static void Paint(Canvas canvas, Palette palette, string prompt)
    {
        var scale = Math.Max(1, (int)(canvas.Unit / 280));
        var margin = scale * 8;
        var lineHeight = (BitmapFont.Height + 2) * scale;
        var top = canvas.Height - (margin * 2) - (lineHeight * 2) + (scale * 2);
        canvas.Rectangle(0, top, canvas.Width, canvas.Height, Rgb.Hex(0x0B0E1A), 0.68f);
        canvas.Rectangle(0, top, canvas.Width, top + scale, palette.Accent, 0.9f);
        BitmapFont.Draw(canvas, Label, margin, top + margin, scale, palette.Accent.Lighter(0.45f));
        BitmapFont.Draw(canvas, Beginning(prompt, (canvas.Width - (margin * 2)) / (BitmapFont.Advance * scale)), margin, top + margin + lineHeight, scale, Rgb.White);
    }

    /// <summary>As much of the prompt as fits, cut between words where there are some.</summary>
    private static string Beginning(string prompt, int room)
    {
        const string More = "...";
        var text = BitmapFont.Spell(prompt);
        if (text.Length <= room)
        {
            return text;
        }

        var cut = Math.Max(0, room - More.Length);
        var space = text.LastIndexOf(' ', cut);
        return text[..(space > cut / 2 ? space : cut)] + More;
    }
}
