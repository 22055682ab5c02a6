using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tests.Http;

/// <summary>How texts become JSON, and how much they weigh.</summary>
public sealed class JsonTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    [Fact]
    public void Any_text_comes_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var whole = Whole(text ?? string.Empty);
            return JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(whole, Plain)) == whole
                && JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(whole, Plain)) == whole;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ä🌿山\u00a0\u3000\u200d👩‍🚀<script>&'", "ä🌿山\u00a0\u3000\u200d👩‍🚀<script>&'")]
    [InlineData("\"\\\n\u0001\u2028\u2029\u007f", """\"\\\n\u0001\u2028\u2029\u007F""")]
    public void Only_what_must_be_is_escaped(string text, string written) => Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(text, Plain));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("a\uFFFDb", JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(string.Concat("a", '\ud83c', "b"), Plain)));

    [Fact]
    public void The_weight_of_an_answer_is_never_less_than_its_size_and_not_much_more() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            var page = new Page<object>([.. texts.Select(text => new Sample(Whole(text ?? string.Empty), null, texts.Length, [Whole(text ?? "x")], new(true)))], "next");
            var (size, weight) = (JsonSerializer.SerializeToUtf8Bytes(page, ApiJson.Options).Length, JsonWeight.Of(page));
            return weight >= size && weight <= (3 * size) + 200;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_item_always_fits_and_no_other_that_is_too_much()
    {
        var budget = new PageBudget();
        var half = new string('a', 400_000);

        Assert.Equal(2, budget.TakeOf([half, half, half]));
        Assert.True(new PageBudget().TryTake(new string('a', 2_000_000)));
        Assert.Equal(3, new PageBudget().TakeOf([null, half, null]));
    }

    /// <summary>The text without halves of surrogate pairs, which no text of the API has.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    private sealed record Sample(string Text, string? Nothing, int Number, IReadOnlyList<string> Texts, Part Part);

    private sealed record Part(bool Flag);
}
