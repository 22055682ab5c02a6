using ServerlessSocial.Filters;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Filters;

public sealed class PhraseMatcherTests
{
    [Theory]
    [InlineData("art", "Modern ART, they say", true)]
    [InlineData("art", "A party", false)]
    [InlineData("art", "#art_nouveau", true)]
    [InlineData("STRASSE", "In der Straße", true)]
    [InlineData("straße", "HAUPTSTRASSE", false)]
    [InlineData("istanbul", "İSTANBUL'da", true)]
    [InlineData("cafe", "Ein CAFÉ", true)]
    [InlineData("cafe\u0301", "Ein Café", true)]
    [InlineData("café", "Ein cafe", false)]
    [InlineData("schön", "schon wieder", false)]
    [InlineData("αθηνα", "Στην Αθήνα", true)]
    [InlineData("мои", "мой дом", false)]
    [InlineData("fußball", "Ｆｕｓｓｂａｌｌ heute", true)]
    [InlineData("world cup", "the World\u00A0 \n Cup", true)]
    [InlineData("world cup", "the World  Cup", true)]
    [InlineData("world cup", "the Worldcup", false)]
    [InlineData("日本", "東日本大震災", true)]
    [InlineData("サッカー", "昨日のｻｯｶｰは", true)]
    [InlineData("かき", "がき", false)]
    [InlineData("trump", "我爱Trump吗", true)]
    [InlineData("트럼프", "트럼프가 말했다", true)]
    [InlineData("กิน", "ไปกินข้าว", true)]
    [InlineData("กน", "กิน", false)]
    [InlineData("שלום", "שָׁלוֹם לך", true)]
    [InlineData("كرة", "لعبة كُـرَة القدم", true)]
    [InlineData("c++", "I like C++.", true)]
    [InlineData("co-op", "co\u00ADop co-op", true)]
    [InlineData("👩‍🚀", "Look 👩‍🚀!", true)]
    public void A_whole_word_is_found_in_any_script(string phrase, string text, bool found) => Assert.Equal(found, Matches(phrase, text, wholeWord: true));

    [Theory]
    [InlineData(50, false, false)]
    [InlineData(50, true, true)]
    [InlineData(101, true, true)]
    public void Nobody_gets_past_a_filter_by_writing_much_of_what_is_nearly_it(int near, bool holds, bool found) =>
        Assert.Equal(found, Matches("spam", string.Concat(Enumerable.Repeat("xspam ", near)) + (holds ? "spam" : string.Empty), wholeWord: true));

    [Theory]
    [InlineData("art", "A party", true)]
    [InlineData("كلب", "الكلب", true)]
    [InlineData("strasse", "Hauptstraßen", true)]
    public void A_part_of_a_word_is_found_where_that_is_asked_for(string phrase, string text, bool found) => Assert.Equal(found, Matches(phrase, text, wholeWord: false));

    [Fact]
    public void Each_of_many_phrases_is_found_and_no_other()
    {
        var phrases = Enumerable.Range(0, 100).Select(i => $"word{i}x").ToList();
        var matcher = new PhraseMatcher(phrases.Select(phrase => (phrase, true)));
        for (var i = 0; i < phrases.Count; i++)
        {
            var text = SearchText.Of($"It says {phrases[i].ToUpperInvariant()} here");
            Assert.True(matcher.MayMatch(text));
            Assert.Equal([i], Enumerable.Range(0, phrases.Count).Where(other => matcher.Matches(other, text)));
        }

        Assert.False(matcher.MayMatch(SearchText.Of("Nothing of the kind")));
    }

    [Theory]
    [InlineData("\u200D")]
    [InlineData("\u0640\u064B")]
    public void A_phrase_of_nothing_that_is_seen_is_empty(string phrase) => Assert.True(PhraseMatcher.IsEmpty(phrase));

    private static bool Matches(string phrase, string text, bool wholeWord)
    {
        var matcher = new PhraseMatcher([(phrase, wholeWord)]);
        var searched = SearchText.Of(text);
        var found = matcher.Matches(0, searched);
        Assert.True(matcher.MayMatch(searched) || !found);
        return found;
    }
}
