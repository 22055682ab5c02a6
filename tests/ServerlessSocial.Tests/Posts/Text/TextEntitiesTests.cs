using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Posts.Text;

public sealed class TextEntitiesTests
{
    [Theory]
    [InlineData("Heute: #Münchner_Straßen!", "münchner_straßen")]
    [InlineData("#Mu\u0308nchen und #MÜNCHEN", "münchen")]
    [InlineData("مساء الخير #مرحبا_بكم", "مرحبا_بكم")]
    [InlineData("#שלום, עולם", "שלום")]
    [InlineData("नमस्ते #हिन्दी", "हिन्दी")]
    [InlineData("＃日本語タグ。つづき", "日本語タグ")]
    [InlineData("#می‌خواهم", "میخواهم")]
    [InlineData("#Ｔｅｓｔ", "test")]
    [InlineData("#ΟΔΟΣ #οδος", "οδοσ")]
    [InlineData("#I❤️Berlin", "i❤berlin")]
    [InlineData("#👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("🎉#party", "party")]
    [InlineData("#🇩🇪", "🇩🇪")]
    [InlineData("(#klammer)", "klammer")]
    [InlineData("#2024wahl", "2024wahl")]
    [InlineData("#covid-19", "covid")]
    [InlineData("#eins#zwei", "eins")]
    [InlineData("#a/#b", "a b")]
    [InlineData("#Ὀδυσσεύς", "ὀδυσσεύσ")]
    public void Find_hashtags_in_every_script(string text, string expected) =>
        Assert.Equal(expected.Split(' '), TextEntities.Find(text).Tags);

    [Theory]
    [InlineData("#")]
    [InlineData("# kein")]
    [InlineData("#123")]
    [InlineData("#1_2")]
    [InlineData("#__")]
    [InlineData("#️⃣")]
    [InlineData("C#ist")]
    [InlineData("café#x")]
    [InlineData("##ueberschrift")]
    [InlineData("&#x41;")]
    [InlineData("https://example.com/a#teil")]
    [InlineData("https://example.com/#teil und weiter")]
    [InlineData("siehe example.com/#teil")]
    [InlineData("www.example.com/?q=#teil")]
    [InlineData("日本#タグ")]
    public void Find_signs_that_are_no_hashtags_are_left_alone(string text) => Assert.Empty(TextEntities.Find(text).Tags);

    [Theory]
    [InlineData("@Anna hallo @bob_99", "anna bob_99")]
    [InlineData("(@anna), \"@bob\"!", "anna bob")]
    [InlineData("@annaさん、元気？", "anna")]
    [InlineData("＠anna", "anna")]
    [InlineData("👋@anna.", "anna")]
    [InlineData("@anna @ANNA", "anna")]
    [InlineData("Frag @anna!\n@bob", "anna bob")]
    public void Find_mentions_people(string text, string expected) =>
        Assert.Equal(expected.Split(' '), TextEntities.Find(text).Mentions);

    [Theory]
    [InlineData("anna@example.com")]
    [InlineData("first.last+tag@mail.example.com")]
    [InlineData("foo-@example.com")]
    [InlineData("@ab")]
    [InlineData("@abcdefghijklmnopqrstuvwxyz01234")]
    [InlineData("@müller")]
    [InlineData("@annaé")]
    [InlineData("@anna@mastodon.social")]
    [InlineData("https://mastodon.social/@anna")]
    [InlineData("medium.com/@anna/text")]
    [InlineData("שלום@anna")]
    [InlineData("@@anna")]
    public void Find_addresses_and_words_mention_nobody(string text) => Assert.Empty(TextEntities.Find(text).Mentions);

    [Fact]
    public void Find_text_after_an_address_counts_again()
    {
        var found = TextEntities.Find("https://x.de/#a @anna #neu mail@x.de #auch");

        Assert.Equal(["neu", "auch"], found.Tags);
        Assert.Equal(["anna"], found.Mentions);
    }

    [Fact]
    public void Find_takes_at_most_thirty_tags_and_fifty_mentions()
    {
        var text = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"#tag{i} @user{i}"));

        var found = TextEntities.Find(text);

        Assert.Equal(TextEntities.MaxTags, found.Tags.Count);
        Assert.Equal(TextEntities.MaxMentions, found.Mentions.Count);
    }

    [Fact]
    public void Find_a_tag_may_have_a_hundred_characters_and_no_more()
    {
        Assert.Single(TextEntities.Find("#" + new string('ä', 100)).Tags);
        Assert.Empty(TextEntities.Find("#" + new string('ä', 101)).Tags);
    }

    [Theory]
    [InlineData("Berlin", "berlin")]
    [InlineData("#Berlin", "berlin")]
    [InlineData("ＢＥＲＬＩＮ", "berlin")]
    [InlineData("zwei worte", null)]
    [InlineData("123", null)]
    [InlineData("", null)]
    [InlineData("#", null)]
    [InlineData("a-b", null)]
    public void NormalizeTag_answers_for_routes(string tag, string? expected) => Assert.Equal(expected, TextEntities.NormalizeTag(tag));

    [Fact]
    public void Found_tags_are_normal_forms_for_any_string() =>
        Prop.ForAll(TroublesomeStrings.Any, text =>
        {
            _ = TextEntities.NormalizeTag(text);
            var found = TextEntities.Find(text);
            return found.Tags.All(tag => TextEntities.NormalizeTag(tag) == tag)
                && found.Mentions.All(mention => mention.Length is >= 3 and <= 30);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_single_character_gives_a_normal_form_or_none()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (System.Text.Rune.IsValid(value) && TextEntities.NormalizeTag($"x{new System.Text.Rune(value)}") is { } tag)
            {
                Assert.Equal(tag, TextEntities.NormalizeTag(tag));
            }
        }
    }
}
