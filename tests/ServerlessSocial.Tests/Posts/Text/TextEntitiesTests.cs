using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Posts.Text;

public sealed class TextEntitiesTests
{
    [Theory]
    [InlineData("Heute: #Münchner_Straßen!", "münchner_strassen")]
    [InlineData("#STRASSE #Straße #STRAẞE", "strasse")]
    [InlineData("#İstanbul #istanbul #ISTANBUL", "istanbul")]
    [InlineData("#ısparta", "ısparta")]
    [InlineData("#ᾳδω #ΑΙΔΩ", "αιδω")]
    [InlineData("#ᏣᎳᎩ #ꮳꮃꭹ", "ᏣᎳᎩ")]
    [InlineData("#メ〜テレ #メ～テレ", "メ〜テレ")]
    [InlineData("#צה״ל", "צה״ל")]
    [InlineData("#བོད་སྐད #བོད་སྐད་", "བོད་སྐད")]
    [InlineData("#各〃", "各〃")]
    [InlineData("#カ゛ス", "ガス")]
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
    [InlineData("の@annaに", "anna")]
    [InlineData("谢谢@anna", "anna")]
    [InlineData("ל@anna", "anna")]
    [InlineData("谢谢@anna.你好", "anna")]
    [InlineData("RT @anna rt@bob_99", "anna bob_99")]
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
    [InlineData("привет@anna")]
    [InlineData("start@anna")]
    [InlineData("@anna://x")]
    [InlineData("@@anna")]
    public void Find_addresses_and_words_mention_nobody(string text) => Assert.Empty(TextEntities.Find(text).Mentions);

    [Fact]
    public void Find_text_after_an_address_counts_again()
    {
        var found = TextEntities.Find("https://x.de/#a @anna #neu mail@x.de #auch https://x.de。#dies");

        Assert.Equal(["neu", "auch", "dies"], found.Tags);
        Assert.Equal(["anna"], found.Mentions);
    }

    [Theory]
    [InlineData("Siehe https://example.com/a_(b)?c=d#e!", "https://example.com/a_(b)?c=d#e")]
    [InlineData("（https://example.com/ja）", "https://example.com/ja")]
    [InlineData("見て：https://example.com/ja。つづき", "https://example.com/ja")]
    [InlineData("https://example.com/ja、次", "https://example.com/ja")]
    [InlineData("「https://example.com」", "https://example.com")]
    [InlineData("https://example.comです", "https://example.com")]
    [InlineData("HTTPS://Example.COM/A", "HTTPS://Example.COM/A")]
    [InlineData("[Text](https://example.com/a).", "https://example.com/a")]
    [InlineData("https://de.wikipedia.org/wiki/Straße", "https://de.wikipedia.org/wiki/Straße")]
    [InlineData("https://ar.wikipedia.org/wiki/سلام،", "https://ar.wikipedia.org/wiki/سلام")]
    [InlineData("https://example.com:8443/a", "https://example.com:8443/a")]
    public void Find_links_end_where_the_sentence_goes_on(string text, string expected) =>
        Assert.Equal([expected], TextEntities.Find(text).Entities.Select(entity => text.Substring(entity.Start, entity.Length)));

    [Theory]
    [InlineData("HTTPS://Example.COM/A b", "https://example.com/A")]
    [InlineData("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC")]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("https://example.com:443/%41", "https://example.com/A")]
    public void Find_links_lead_to_absolute_addresses(string text, string expected) => Assert.Equal([expected], TextEntities.Find(text).Entities.Select(entity => entity.Target));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://example.com/%0aalert(1)")]
    [InlineData("data:text/html,x ftp://example.com/ file:///etc/passwd")]
    [InlineData("https://example.com@evil.example/")]
    [InlineData("https://anna:secret@example.com/")]
    [InlineData("https://localhost/ https://127.0.0.1/ https://[::1]/")]
    [InlineData("example.com README.md Ende.Es")]
    [InlineData("https://")]
    public void Find_what_leads_elsewhere_is_no_link(string text) => Assert.Empty(TextEntities.Find(text).Entities);

    [Fact]
    public void Find_tells_the_places_in_UTF_16_units()
    {
        const string text = "👋🏽 @Anna, #Übung (https://example.com/)";

        Assert.Equal(
            [
                new(TextEntityKind.Mention, 5, 5, "anna"),
                new(TextEntityKind.Tag, 12, 6, "übung"),
                new(TextEntityKind.Link, 20, 20, "https://example.com/"),
            ],
            TextEntities.Find(text).Entities);
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
            var end = 0;
            Assert.All(found.Entities, entity =>
            {
                Assert.InRange(entity.Start, end, text.Length);
                end = entity.Start + entity.Length;
                Assert.InRange(end, entity.Start + 1, text.Length);
                Assert.True(entity.Kind != TextEntityKind.Link || entity.Target.StartsWith("http", StringComparison.Ordinal));
            });
            return found.Tags.All(tag => TextEntities.NormalizeTag(tag) == tag)
                && found.Mentions.All(mention => mention.Length is >= 3 and <= 30);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Time_grows_with_the_text_and_no_faster()
    {
        string[] worst = ["http://a.cc/(", "https://a.cc/....", "a.a.", "x@y", "http://", "://", "#ﷺ", "@abc", "www.a", "a.bc/", "http://ä.cc/ "];
        foreach (var one in worst)
        {
            var text = string.Concat(Enumerable.Repeat(one, 20_000 / one.Length));
            _ = TextEntities.Find(text);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            _ = TextEntities.Find(text);

            // A few milliseconds each; in the square of the length they would be seconds.
            Assert.True(watch.ElapsedMilliseconds < 500, $"{one}: {watch.ElapsedMilliseconds} ms");
        }
    }

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

    [Fact]
    public void Capitals_and_small_letters_of_every_script_are_the_same_tag()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (System.Text.Rune.IsValid(value) && new System.Text.Rune(value) is var letter && TextEntities.NormalizeTag($"x{letter}") is { } tag)
            {
                // Of some symbols one form alone is an emoji (Ⓜ): the other is in no tag.
                Assert.Contains(TextEntities.NormalizeTag($"X{System.Text.Rune.ToUpperInvariant(letter)}"), new[] { tag, null });
                Assert.Contains(TextEntities.NormalizeTag($"X{System.Text.Rune.ToLowerInvariant(letter)}"), new[] { tag, null });
            }
        }
    }
}
