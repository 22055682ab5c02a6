using FsCheck;
using FsCheck.Fluent;

namespace ServerlessSocial.Tests;

/// <summary>Strings that look for trouble: half surrogates, joiners, marks, signs with a meaning, and whole UTF-16.</summary>
internal static class TroublesomeStrings
{
    private static readonly string[] Pieces =
    [
        "#", "＃", "@", "＠", "a", "ä", "ß", "ẞ", "ς", "İ", "i", "ᾳ", "9", "_", ".", "/", ":", "?", " ", "\n", "\"", "'", "*", "-", "http://", "https://a.bc", "(", ")", "～", "゛", "་", "www.", "a@b.de",
        "\u200D", "\u200C", "\uFE0F", "\u20E3", "\u0301", "\u0345", "\u202E", "\u2066", "\u2069", "\uD83D", "\uDE00", "👩", "👍🏽", "🇩", "❤", "ﷺ", "㌀",
        "你", "ｋ", "あ", "ة", "ש", "क", "्", "kill", "you", "du", "nicht", "idiot", "bitcoin", "\0", "\uFFFE", "\uFDD0", "𝓴", "к", "1", "$", "!",
    ];

    internal static Arbitrary<string> Any { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
        Gen.Choose(0, 0xFFFF).Select(unit => (char)unit).ListOf().Select(units => new string([.. units])),
        Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString())).ListOf()
            .Select(pieces => "#" + string.Concat(pieces))).ToArbitrary();
}
