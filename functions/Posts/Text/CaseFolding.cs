using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Full case folding (Unicode 16, section 5.18; CaseFolding.txt, status C and F), which the runtime does not have: lower case, and what differs
/// from it in text that is in NFKC. Mappings of status F that NFKC makes undone or unneeded (<c>ΐ</c>, <c>ﬁ</c>, <c>և</c>) are not listed.
/// </summary>
internal static class CaseFolding
{
    private const char Iota = '\u03B9';
    private const int DotAbove = 0x0307;

    /// <summary>U+1C80 to U+1C88: variants of Cyrillic letters that only have a capital of others.</summary>
    private const string RoundedCyrillic = "\u0432\u0434\u043E\u0441\u0442\u0442\u044A\u0463\uA64B";

    /// <summary>
    /// Appends the folded form of a character. One rule goes beyond the standard: the dot that full folding leaves over an i (<c>İ</c> is i and
    /// U+0307) is dropped, because nobody who searches for <c>istanbul</c> means another place than <c>İstanbul</c>.
    /// </summary>
    public static void Append(StringBuilder folded, Rune rune)
    {
        switch (rune.Value)
        {
            case < 0x80:
                folded.Append(char.ToLowerInvariant((char)rune.Value));
                return;
            case 0x00DF or 0x1E9E:
                folded.Append("ss");
                return;
            case 0x0130:
                folded.Append('i');
                return;
            case DotAbove when folded.Length > 0 && folded[^1] is 'i' or 'j':
                return;
            case 0x0345:
                folded.Append(Iota);
                return;
            case 0x03C2:
                folded.Append('\u03C3');
                return;
            case >= 0x13A0 and <= 0x13F5:
                // Cherokee folds to its capitals: they were there first.
                folded.Append((char)rune.Value);
                return;
            case >= 0x13F8 and <= 0x13FD:
                folded.Append((char)(rune.Value - 8));
                return;
            case >= 0xAB70 and <= 0xABBF:
                folded.Append((char)(rune.Value - 0xAB70 + 0x13A0));
                return;
            case >= 0x1C80 and <= 0x1C88:
                folded.Append(RoundedCyrillic[rune.Value - 0x1C80]);
                return;
            case >= 0x1F80 and <= 0x1FFC when WithoutIota(rune.Value) is var letter and > 0:
                folded.Append((char)letter).Append(Iota);
                return;
            default:
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
                return;
        }
    }

    /// <summary>The small Greek letter whose iota subscript becomes a letter of its own; 0 for a letter without one.</summary>
    private static int WithoutIota(int value) => value switch
    {
        <= 0x1FAF => (value < 0x1F90 ? 0x1F00 : value < 0x1FA0 ? 0x1F20 : 0x1F60) + (value & 7),
        0x1FB2 => 0x1F70,
        0x1FB3 or 0x1FBC => 0x03B1,
        0x1FB4 => 0x03AC,
        0x1FB7 => 0x1FB6,
        0x1FC2 => 0x1F74,
        0x1FC3 or 0x1FCC => 0x03B7,
        0x1FC4 => 0x03AE,
        0x1FC7 => 0x1FC6,
        0x1FF2 => 0x1F7C,
        0x1FF3 or 0x1FFC => 0x03C9,
        0x1FF4 => 0x03CE,
        0x1FF7 => 0x1FF6,
        _ => 0,
    };
}
