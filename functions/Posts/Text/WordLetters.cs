using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>What tells where words begin and end.</summary>
internal static class WordLetters
{
    /// <summary>Whether a character stands in words: a letter, digit or mark.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || NormalForms.IsMark(rune);

    /// <summary>Whether it is Korean, where particles are written onto words.</summary>
    public static bool IsHangul(Rune rune) => rune.Value is (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xAC00 and <= 0xD7AF);

    /// <summary>Whether its script puts no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, kana and Han.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x2E80 and <= 0x312F) or (>= 0x31A0 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
