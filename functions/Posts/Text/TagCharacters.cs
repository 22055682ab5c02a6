using System.Globalization;
using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Which characters belong to words and hashtags: XID_Continue and emoji, after the hashtag identifiers of Unicode
/// UAX #31 (UAX31-D2), and the signs that twitter-text counts as part of words. The runtime has neither property, so they are derived from the
/// general category with the exceptions of DerivedCoreProperties.txt and emoji-data.txt (Unicode 16).
/// </summary>
internal static class TagCharacters
{
    internal const int ZeroWidthNonJoiner = 0x200C;
    internal const int ZeroWidthJoiner = 0x200D;
    internal const int Tsheg = 0x0F0B;
    internal const int WaveDash = 0x301C;
    internal const int FullWidthTilde = 0xFF5E;
    internal const int VoicedMark = 0x309B;
    internal const int SemiVoicedMark = 0x309C;
    private const int DittoMark = 0x3003;

    /// <summary>Part of a word in any script: a letter, digit, mark or connector, but no variation selector.</summary>
    internal static bool IsWord(Rune rune) => !IsVariationSelector(rune) && IsXidContinue(rune);

    /// <summary>Gives a tag its meaning: digits and underscores alone do not make one.</summary>
    internal static bool IsMeaningful(Rune rune) =>
        IsPictographic(rune) || rune.Value is 0x20E3 or (>= 0x1F1E6 and <= 0x1F1FF) || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber;

    internal static bool IsContinue(Rune rune) =>
        IsXidContinue(rune) || IsPictographic(rune) || IsEmojiComponent(rune) || rune.Value == ZeroWidthNonJoiner || IsWordSign(rune);

    /// <summary>May stand first: what only modifies a character before it (so also the keycap emoji #️⃣) may not.</summary>
    internal static bool IsFirst(Rune rune) =>
        IsContinue(rune)
        && !IsEmojiComponent(rune, regionalIndicators: false)
        && rune.Value != ZeroWidthNonJoiner
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>Scripts whose words follow each other without spaces: what stands beside them may begin or end in the middle of a sentence.</summary>
    internal static bool IsWrittenWithoutSpaces(Rune rune) =>
        rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x2E80 and <= 0x9FFF)
            or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF);

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

    /// <summary>Signs within words of scripts that need them: Hebrew maqaf, geresh and gershayim, Tibetan tsheg, kana and Han marks, wave dashes, the Cyrillic kavyka.</summary>
    private static bool IsWordSign(Rune rune) =>
        rune.Value is 0x05BE or 0x05F3 or 0x05F4 or Tsheg or 0x0F0C or DittoMark or WaveDash or FullWidthTilde or VoicedMark or SemiVoicedMark or 0x30A0 or 0xA67E;

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
