using System.Globalization;
using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Which characters belong to words and hashtags: XID_Continue and emoji, after the hashtag identifiers of Unicode
/// UAX #31 (UAX31-D2). The runtime has neither property, so they are derived from the general category with the
/// exceptions of DerivedCoreProperties.txt and emoji-data.txt (Unicode 16).
/// </summary>
internal static class TagCharacters
{
    internal const int ZeroWidthNonJoiner = 0x200C;
    internal const int ZeroWidthJoiner = 0x200D;

    /// <summary>Part of a word in any script: a letter, digit, mark or connector, but no variation selector.</summary>
    internal static bool IsWord(Rune rune) => !IsVariationSelector(rune) && IsXidContinue(rune);

    /// <summary>Gives a tag its meaning: digits and underscores alone do not make one.</summary>
    internal static bool IsMeaningful(Rune rune) =>
        IsPictographic(rune) || rune.Value is 0x20E3 or (>= 0x1F1E6 and <= 0x1F1FF) || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber;

    internal static bool IsContinue(Rune rune) =>
        IsXidContinue(rune) || IsPictographic(rune) || IsEmojiComponent(rune) || rune.Value == ZeroWidthNonJoiner;

    /// <summary>May stand first: what only modifies a character before it (so also the keycap emoji #️⃣) may not.</summary>
    internal static bool IsFirst(Rune rune) =>
        IsContinue(rune)
        && !IsEmojiComponent(rune, regionalIndicators: false)
        && rune.Value != ZeroWidthNonJoiner
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    internal static bool IsVariationSelector(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;

    /// <summary>Extended_Pictographic, without the few that are punctuation (‼ ⁉ 〰).</summary>
    internal static bool IsPictographic(Rune rune) => rune.Value switch
    {
        < 0x2190 => rune.Value is 0xA9 or 0xAE or 0x2122 or 0x2139,
        < 0x2600 => rune.Value is (>= 0x2194 and <= 0x2199) or 0x21A9 or 0x21AA or 0x231A or 0x231B or 0x2328 or 0x2388 or 0x23CF
            or (>= 0x23E9 and <= 0x23F3) or (>= 0x23F8 and <= 0x23FA) or 0x24C2 or 0x25AA or 0x25AB or 0x25B6 or 0x25C0
            or (>= 0x25FB and <= 0x25FE),
        < 0x2900 => rune.Value is <= 0x2712 or 0x2714 or 0x2716 or 0x271D or 0x2721 or 0x2728 or 0x2733 or 0x2734 or 0x2744 or 0x2747
            or 0x274C or 0x274E or (>= 0x2753 and <= 0x2757) or (>= 0x2763 and <= 0x2767) or (>= 0x2795 and <= 0x2797) or 0x27A1
            or 0x27B0 or 0x27BF,
        < 0x1F000 => rune.Value is 0x2934 or 0x2935 or (>= 0x2B05 and <= 0x2B07) or 0x2B1B or 0x2B1C or 0x2B50 or 0x2B55 or 0x303D
            or 0x3297 or 0x3299,
        _ => rune.Value is (>= 0x1F004 and <= 0x1F0FF) or (>= 0x1F170 and <= 0x1F171) or 0x1F17E or 0x1F17F or 0x1F18E
            or (>= 0x1F191 and <= 0x1F19A) or 0x1F201 or 0x1F202 or 0x1F21A or 0x1F22F or (>= 0x1F232 and <= 0x1F23A) or 0x1F250
            or 0x1F251 or (>= 0x1F300 and <= 0x1F3FA) or (>= 0x1F400 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF)
            or (>= 0x1F7E0 and <= 0x1F7F0) or (>= 0x1F900 and <= 0x1FAFF),
    };

    private static bool IsEmojiComponent(Rune rune, bool regionalIndicators = true) =>
        rune.Value is ZeroWidthJoiner or 0x20E3 or 0xFE0E or 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F)
        || (regionalIndicators && rune.Value is >= 0x1F1E6 and <= 0x1F1FF);

    private static bool IsXidContinue(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                return !HasSpaceInCompatibilityForm(rune);
            default:
                return rune.Value is 0xB7 or 0x30FB or 0xFF65 or (>= 0x1369 and <= 0x1371) or 0x19DA;
        }
    }

    /// <summary>Letters XID_Continue leaves out because NFKC turns them into something with a space in it.</summary>
    private static bool HasSpaceInCompatibilityForm(Rune rune) =>
        rune.Value is 0x037A or (>= 0xFC5E and <= 0xFC63) or 0xFDFA or 0xFDFB
        || (rune.Value is >= 0xFE70 and <= 0xFE7E && rune.Value % 2 == 0);
}
