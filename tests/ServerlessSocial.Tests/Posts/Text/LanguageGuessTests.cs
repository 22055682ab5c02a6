using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Posts.Text;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("Heute war ein schöner Tag und wir sind an den See gefahren.", "de")]
    [InlineData("Ich habe das nicht gewusst", "de")]
    [InlineData("Das ist gut", "de")]
    [InlineData("This is what I have been looking for", "en")]
    [InlineData("Good morning to all of you! #guten #morgen @der_die_das", "en")]
    [InlineData("Je ne sais pas ce que vous avez dit", "fr")]
    [InlineData("No sé qué hacer con los niños hoy", "es")]
    [InlineData("Oggi non sono andato al lavoro perché piove", "it")]
    [InlineData("Eu não sei o que você está fazendo", "pt")]
    [InlineData("Ik heb het niet gezien maar het was goed", "nl")]
    [InlineData("Nie wiem, co się dzieje, ale jest bardzo źle", "pl")]
    [InlineData("今日はいい天気ですね", "ja")]
    [InlineData("東京都知事選挙の結果", "ja")]
    [InlineData("今天天气很好", "zh")]
    [InlineData("안녕하세요 여러분", "ko")]
    [InlineData("مرحبا بالعالم", "ar")]
    [InlineData("چطوری دوست من", "fa")]
    [InlineData("שלום לכולם", "he")]
    [InlineData("Привет, как дела?", "ru")]
    [InlineData("Привіт, як справи з її котом?", "uk")]
    [InlineData("Καλημέρα σε όλους", "el")]
    [InlineData("नमस्ते दुनिया", "hi")]
    [InlineData("سلام، آپ کیسے ہیں؟", "ur")]
    [InlineData("मला हे खूप आवडले आहे", "mr")]
    [InlineData("สวัสดีครับ", "th")]
    [InlineData("Vi har glemt hvad vi skulle købe", "da")]
    [InlineData("En tiedä mitä tekisin", "fi")]
    [InlineData("Tôi không biết phải làm gì", "vi")]
    [InlineData("Aku tidak tahu harus bagaimana", "id")]
    [InlineData("Где си био цео дан?", "sr")]
    [InlineData("Не знам какво да правя", "bg")]
    public void Of_recognises_ordinary_sentences(string text, string expected) => Assert.Equal(expected, LanguageGuess.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("lol 😂😂")]
    [InlineData("https://example.com/der/die/das")]
    [InlineData("12345")]
    [InlineData("Berlin Hamburg München")]
    [InlineData("hello Привет hello Привет")]
    [InlineData("Danke")]
    [InlineData("Anna Kowalska Jan Novák")]
    [InlineData("npm install && git commit")]
    [InlineData("😂😂😂 ❤️")]
    [InlineData("Ich liebe dieses Lied so sehr, je ne sais pas pourquoi mais voilà")]
    public void Of_short_or_mixed_text_is_not_guessed(string text) => Assert.Null(LanguageGuess.Of(text));

    [Fact]
    public void Of_a_long_text_without_blanks_is_guessed() => Assert.Equal("zh", LanguageGuess.Of(string.Concat(Enumerable.Repeat("今天天气很好", 500))));

    [Fact]
    public void Of_answers_any_string() =>
        Prop.ForAll(TroublesomeStrings.Any, text => LanguageGuess.Of(text) is null or { Length: 2 }).QuickCheckThrowOnFailure();
}
