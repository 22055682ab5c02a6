using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>The form in which hashtags are compared and stored, and the syntax of tags.</summary>
internal static class TagKey
{
    private static readonly int MaxUnits = TextLength.MaxUnits(TextEntities.MaxTagClusters);

    /// <summary>Where the tag that starts at <paramref name="from"/> ends, or <paramref name="from"/> when none does.</summary>
    public static int End(ReadOnlySpan<char> text, int from)
    {
        var at = from;
        var meaningful = false;
        while (at < text.Length && Rune.DecodeFromUtf16(text[at..], out var rune, out var units) == System.Buffers.OperationStatus.Done
            && (at == from ? TagCharacters.IsFirst(rune) : TagCharacters.IsContinue(rune)))
        {
            meaningful |= TagCharacters.IsMeaningful(rune);
            at += units;
        }

        return meaningful ? at : from;
    }

    /// <summary>
    /// The key of a tag without its sign: NFKC with full case folding (toNFKC_Casefold of Unicode, section 3.13, but see <see cref="Fold"/> for
    /// what is ignored). Idempotent. What is folded already is normalised once, ASCII never.
    /// </summary>
    /// <returns>Null for what is no tag, or a longer one than <see cref="TextEntities.MaxTagClusters"/>.</returns>
    public static string? Of(string body)
    {
        if (body.Length == 0 || body.Length > MaxUnits || End(body, 0) != body.Length || NormalForms.Clusters(body) > TextEntities.MaxTagClusters)
        {
            return null;
        }

        if (Ascii.IsValid(body))
        {
            return body.ToLowerInvariant();
        }

        // Folding can undo composition, and what is composed may have to be folded again: after the second time nothing changes any more.
        var key = Compatible(WithoutSpacingForms(body));
        for (var pass = 0; key is not null; pass++)
        {
            var folded = Fold(key);
            if (folded == key)
            {
                return key.Length <= MaxUnits && End(key, 0) == key.Length && NormalForms.Clusters(key) <= TextEntities.MaxTagClusters ? key : null;
            }

            key = pass < 3 ? Compatible(folded) : null;
        }

        return null;
    }

    /// <summary>NFKC; null where too many marks stand in a row, as some characters become two or more of them.</summary>
    private static string? Compatible(string text) => NormalForms.IsStreamSafe(text) ? NormalForms.Of(text, NormalizationForm.FormKC) : null;

    /// <summary>
    /// Replaces what NFKC would make two words or none: the sound marks of kana that stand for themselves (a space with a mark), and the full-width tilde, which Windows
    /// types where others type the wave dash.
    /// </summary>
    private static string WithoutSpacingForms(string body) => body
        .Replace((char)TagCharacters.VoicedMark, '\u3099')
        .Replace((char)TagCharacters.SemiVoicedMark, '\u309A')
        .Replace((char)TagCharacters.FullWidthTilde, (char)TagCharacters.WaveDash);

    /// <summary>Case folding, without variation selectors, joiners outside emoji, and a tsheg at the end, which is a full stop as much as part of the word.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var afterEmoji = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (TagCharacters.IsVariationSelector(rune) || rune.Value == TagCharacters.ZeroWidthNonJoiner
                || (rune.Value == TagCharacters.ZeroWidthJoiner && !afterEmoji))
            {
                continue;
            }

            CaseFolding.Append(folded, rune);
            afterEmoji = rune.Value != TagCharacters.ZeroWidthJoiner
                && (TagCharacters.IsPictographic(rune) || rune.Value is >= 0x1F3FB and <= 0x1F3FF);
        }

        while (folded.Length > 0 && folded[^1] == TagCharacters.Tsheg)
        {
            folded.Length--;
        }

        return folded.ToString();
    }
}
