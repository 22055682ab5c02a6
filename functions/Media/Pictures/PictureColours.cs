using NetVips;

namespace ServerlessSocial.Media.Pictures;

/// <summary>
/// Brings a picture's colours to 8 bits of grey, sRGB or, where its own colour profile reaches beyond sRGB, Display P3. Profiles that files
/// bring along are used and dropped: they name screens, printers and people.
/// </summary>
internal static class PictureColours
{
    private const string ProfileField = "icc-profile-data";

    /// <summary>How far below zero, in linear sRGB, a primary colour must lie to count as beyond sRGB: rounding of profiles stays above.</summary>
    private const double Beyond = -0.05;

    /// <summary>The picture in a colour space that every screen shows, and whether that needs its profile beside it.</summary>
    public static (Image Image, bool IsWide) Bring(Image image)
    {
        if (image.Contains(ProfileField) && image.Bands >= 3)
        {
            var wide = image.Interpretation != Enums.Interpretation.Cmyk && IsWide((byte[])image.Get(ProfileField));
            try
            {
                return (Transform(image, wide ? "p3" : "srgb"), wide);
            }
            catch (VipsException)
            {
                // A profile that does not fit its picture, or is none, counts as not there, as in browsers.
            }
        }

        return (image.Interpretation == Enums.Interpretation.Cmyk ? Transform(image, "srgb") : image.Colourspace(PlainOf(image)), false);
    }

    private static Enums.Interpretation PlainOf(Image image) => image.Bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb;

    private static Image Transform(Image image, string target) => image.IccTransform(
        target,
        intent: Enums.Intent.Relative,
        blackPointCompensation: true,
        embedded: true,
        inputProfile: image.Interpretation == Enums.Interpretation.Cmyk ? "cmyk" : "srgb",
        depth: 8);

    /// <summary>Whether a profile's red, green or blue lies outside of sRGB.</summary>
    private static bool IsWide(byte[] profile)
    {
        byte[] primaries = [255, 0, 0, 0, 255, 0, 0, 0, 255];
        using var bare = Image.NewFromMemory(primaries, 3, 1, 3, Enums.BandFormat.Uchar);
        using var rgb = bare.Copy(interpretation: Enums.Interpretation.Srgb);
        using var tagged = rgb.Mutate(header => header.Set(GValue.BlobType, ProfileField, profile));
        try
        {
            using var seen = tagged.IccImport(pcs: Enums.PCS.Xyz, intent: Enums.Intent.Relative, embedded: true);
            using var linear = seen.Colourspace(Enums.Interpretation.Scrgb);
            return linear.Min() < Beyond;
        }
        catch (VipsException)
        {
            // No profile of RGB colours.
            return false;
        }
    }
}
