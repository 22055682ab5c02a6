using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Tests.Posts.Text;

public sealed class TextLengthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("Grüße", 5)]
    [InlineData("Gru\u0308ße", 5)]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("🇩🇪🇫🇷", 2)]
    [InlineData("👍🏽", 1)]
    [InlineData("こんにちは", 5)]
    [InlineData("שָׁלוֹם", 4)]
    [InlineData("한국", 2)]
    [InlineData("\r\n", 1)]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1)]
    public void Clusters_counts_what_a_person_calls_a_character(string text, int expected) =>
        Assert.Equal(expected, NormalForms.Clusters(text));

    [Theory]
    [InlineData("Hallo\nWelt\t!")]
    [InlineData("مرحبا \u2067abc\u2069 עולם")]
    [InlineData("\u202Babc\u202C")]
    [InlineData("a\u200Fb\u061C")]
    [InlineData("👨‍👩‍👧")]
    public void IsWellFormed_ordinary_text_is_accepted(string text)
    {
        Assert.True(TextLength.IsWellFormed(text));
        Assert.Null(TextLength.Problem(text, 100));
    }

    [Theory]
    [InlineData(new[] { 0xD83D })]
    [InlineData(new[] { 'a', 0xDE00, 'b' })]
    [InlineData(new[] { 'a', 0x0000 })]
    [InlineData(new[] { 0x001B, '[' })]
    [InlineData(new[] { 0x0085 })]
    [InlineData(new[] { 0xFFFE })]
    [InlineData(new[] { 0x202E, 'a', 'b' })]
    [InlineData(new[] { 0x2066, 'a' })]
    [InlineData(new[] { 'a', 0x2069 })]
    [InlineData(new[] { 0x202A, 0x2066, 'a', 0x202C, 0x2069 })]
    [InlineData(new[] { 0x2066, 'a', '\n', 0x2069 })]
    public void IsWellFormed_text_that_breaks_others_is_refused(int[] units)
    {
        var text = new string([.. units.Select(unit => (char)unit)]);

        Assert.False(TextLength.IsWellFormed(text));
        Assert.NotNull(TextLength.Problem(text, 100));
    }

    [Fact]
    public void Normalize_composes_trims_and_unifies_line_endings() =>
        Assert.Equal("Grüße\nan\nalle", TextLength.Normalize("  Gru\u0308ße\r\nan\ralle \n"));

    [Fact]
    public void Problem_zalgo_is_refused_but_living_orthographies_are_not()
    {
        Assert.NotNull(TextLength.Problem("Z" + new string('\u0301', 17), 100));
        Assert.Null(TextLength.Problem("בְּרֵאשִׁ֖ית क्षत्रिय ที่นี่ Việt", 100));
    }

    [Fact]
    public void Problem_one_cluster_of_many_emoji_is_refused()
    {
        var chain = string.Join('\u200D', Enumerable.Repeat("👩", 40));

        Assert.Equal(1, NormalForms.Clusters(chain));
        Assert.NotNull(TextLength.Problem(chain, 500));
    }

    [Fact]
    public void Problem_limits_clusters_and_units()
    {
        Assert.Null(TextLength.Problem(string.Concat(Enumerable.Repeat("🇩🇪", 10)), 10));
        Assert.Contains("11 characters", TextLength.Problem(new string('a', 11), 10), StringComparison.Ordinal);
        Assert.Null(TextLength.Problem(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 10)), 10));
        Assert.Contains("too long", TextLength.Problem(string.Concat(Enumerable.Repeat("e" + new string('\u0301', 16), 10)), 10), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 800)]
    [InlineData(250, 4_000)]
    [InlineData(500, 4_000)]
    [InlineData(1_500, 6_000)]
    [InlineData(5_000, 20_000)]
    [InlineData(1_000_000, 20_000)]
    public void Problem_units_are_bounded_beside_clusters(int clusters, int units)
    {
        // Sixteen units a cluster, so that clusters are not what ends it.
        Assert.Equal(units, TextLength.MaxUnits(clusters));
        var text = new string('a', units % 32) + string.Concat(Enumerable.Repeat("a" + new string('\u0301', 15) + "b" + new string('\u0301', 15), units / 32));
        Assert.Equal(units, text.Length);
        Assert.DoesNotContain("too long", TextLength.Problem(text, clusters) ?? string.Empty, StringComparison.Ordinal);
        Assert.Contains("too long", TextLength.Problem(text + "a", clusters), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(15_000)]
    public void Normalize_what_is_out_of_all_bounds_stays_as_it_came_and_is_refused(int marks)
    {
        var text = " a" + new string('\u0301', marks) + new string('\u0316', marks);

        Assert.Same(text, TextLength.Normalize(text));
        Assert.NotNull(TextLength.Problem(text, 5_000));
        Assert.NotNull(TextLength.Problem(new string('\u0301', 31), 5_000, required: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\u200B\u2060\uFEFF")]
    [InlineData("\u3164\u2800")]
    public void Problem_nothing_visible_is_empty_unless_text_is_optional(string text)
    {
        Assert.Equal("The text is empty.", TextLength.Problem(text, 10));
        Assert.Null(TextLength.Problem(text, 10, required: false));
    }

    [Fact]
    public void Any_string_is_answered_and_normalising_twice_changes_nothing() =>
        Prop.ForAll(TroublesomeStrings.Any, text =>
        {
            var once = TextLength.Normalize(text);
            _ = TextLength.Problem(text, 10);
            return TextLength.Normalize(once) == once && NormalForms.Clusters(text) <= text.Length
                && (TextLength.Problem(once, 1000) is not null || once.IsNormalized(NormalizationForm.FormC));
        }).QuickCheckThrowOnFailure();
}
