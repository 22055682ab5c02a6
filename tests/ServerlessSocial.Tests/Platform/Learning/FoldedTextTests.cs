using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Platform.Learning;

namespace ServerlessSocial.Tests.Platform.Learning;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Good Morning, Vienna!", " good morning vienna ")]
    [InlineData("Sooooo coool, soooooo", " so col so ")]
    [InlineData("Hello see off", " hello see off ")]
    [InlineData("l'été, don’t 'quoted'", " l'été don't quoted ")]
    [InlineData("look https://example.com/the/way @anna #tag example.org me@example.org", " look ")]
    [InlineData("call foo_bar() x=1 route66 now", " call now ")]
    [InlineData("İstanbul'da", " istanbul'da ")]
    [InlineData("😂😂 ... 12 :-)", "")]
    [InlineData("", "")]
    [InlineData("नमस्ते दुनिया", " नमस्ते दुनिया ")]
    public void Words_remain_in_lower_case_without_what_is_not_written_in_a_language(string text, string expected) => Assert.Equal(expected, Fold(text, 100));

    [Fact]
    public void Of_a_long_text_the_beginning_is_read() => Assert.Equal(" one two ", Fold("one two threefour", 12));

    [Fact]
    public void A_long_text_without_blanks_is_cut() => Assert.Equal(" 今日はいい天気 ", Fold("今日はいい天気ですね", 9));

    [Fact]
    public void Any_string_fits() => Prop.ForAll(TroublesomeStrings.Any, text => Fold(text, 20) is { Length: <= 20 }).QuickCheckThrowOnFailure();

    private static string Fold(string text, int room)
    {
        Span<char> folded = new char[room];
        return new string(folded[..FoldedText.Fold(text, folded)]);
    }
}
