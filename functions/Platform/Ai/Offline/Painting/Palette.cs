namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>The colours of a picture; land runs from <paramref name="Far"/> to <paramref name="Near"/> with distance.</summary>
internal sealed record Palette(Rgb SkyTop, Rgb SkyMiddle, Rgb SkyBottom, Rgb Light, Rgb Far, Rgb Near, Rgb Accent, bool Dark = false)
{
    private static readonly Palette Night = From(0x060B26, 0x142558, 0x365A94, 0xF6F1DA, 0x2C4A85, 0x050A1E, 0xFFD27A, dark: true);
    private static readonly Palette Sunset = From(0x2C1A57, 0xC24A6C, 0xFFB660, 0xFFF2C6, 0xC2607C, 0x251340, 0xFF7A59);
    private static readonly Palette Day = From(0x2F80D8, 0x86C3F2, 0xE8F6FB, 0xFFFBE4, 0x9CC3DB, 0x1E5C4D, 0xFF8A5B);
    private static readonly Palette Morning = From(0x7C9FDA, 0xF0B5C8, 0xFFE5C6, 0xFFF8E6, 0xB8A2CE, 0x3B3663, 0xF2789F);
    private static readonly Palette Grey = From(0x566778, 0x8F9FAC, 0xD2DADD, 0xF4F4EE, 0x9BA9B3, 0x27323B, 0xE0B15A);
    private static readonly Palette Winter = From(0x6BA3DB, 0xB9D8F3, 0xFDEFE8, 0xFFFDF4, 0xB7CFE8, 0x36587F, 0xE4655F);
    private static readonly Palette Autumn = From(0xE39A4C, 0xF6C97C, 0xFFF0CF, 0xFFFBE8, 0xDB9A60, 0x4B2417, 0xC8402B);
    private static readonly Palette Green = From(0x0E5A5C, 0x5FB79C, 0xF2F5CC, 0xFFFBE0, 0x7CBDA0, 0x0B342F, 0xF6A85C);
    private static readonly Palette Purple = From(0x38287A, 0x9872CB, 0xF9C8D3, 0xFFF4F0, 0x9A86CB, 0x231A4B, 0xFF8FB1);
    private static readonly Palette Teal = From(0x0C3C52, 0x2F9292, 0xF8DC9D, 0xFFF3CB, 0x4F9E9C, 0x062631, 0xF2705B);

    /// <summary>Petals and sails: a few colours that go with the accent.</summary>
    public Rgb[] Bouquet => [Accent, Light, Accent.Turned(40), Accent.Turned(-50).Lighter(0.2f)];

    /// <summary>The palette for what the prompt asks for, or one of the seed's choosing, turned a little so that no two are alike.</summary>
    public static Palette For(Motif motifs, SeededRandom random)
    {
        var chosen = motifs switch
        {
            _ when motifs.HasFlag(Motif.Night) => Night,
            _ when motifs.HasFlag(Motif.Sunset) => Sunset,
            _ when motifs.HasFlag(Motif.Winter) => Winter,
            _ when motifs.HasFlag(Motif.Autumn) => Autumn,
            _ when motifs.HasFlag(Motif.Morning) => Morning,
            _ when motifs.HasFlag(Motif.Grey) => Grey,
            _ when motifs.HasFlag(Motif.Purple) => Purple,
            _ when motifs.HasFlag(Motif.Green) => Green,
            _ when motifs.HasFlag(Motif.Day) || motifs.HasFlag(Motif.Flowers) => Day,
            _ => random.Pick<Palette>([Sunset, Day, Morning, Teal, Purple, Green, Autumn]),
        };
        return chosen.Turned(random.Between(-12, 12));
    }

    /// <summary>Land at a distance: 0 at the horizon, 1 in front.</summary>
    public Rgb Land(float nearness) => Far.Mix(Near, nearness);

    private Palette Turned(float degrees) => this with
    {
        SkyTop = SkyTop.Turned(degrees),
        SkyMiddle = SkyMiddle.Turned(degrees),
        SkyBottom = SkyBottom.Turned(degrees),
        Far = Far.Turned(degrees),
        Near = Near.Turned(degrees),
        Accent = Accent.Turned(degrees * 2),
    };

    private static Palette From(int top, int middle, int bottom, int light, int far, int near, int accent, bool dark = false) =>
        new(Rgb.Hex(top), Rgb.Hex(middle), Rgb.Hex(bottom), Rgb.Hex(light), Rgb.Hex(far), Rgb.Hex(near), Rgb.Hex(accent), dark);
}
