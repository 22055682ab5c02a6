using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>Looking at pictures by a chat model that sees, through the real SDK: what is sent, and what becomes of whatever comes back.</summary>
public sealed class ImageClassifierTests : ModelSuite
{
    private const string Scores =
        """{"harassment":0,"hate":0,"violence":0.2,"sexual":0,"selfHarm":0,"spam":0,"illegalGoods":0,"sexualMinors":0,"nudity":0.75,"gore":1.2,"extremistSymbols":0}""";

    private static readonly byte[] Picture = Convert.FromBase64String(Recorded.Png);

    [Fact]
    public async Task A_picture_goes_along_as_a_data_url_in_low_detail_and_scores_come_back_in_one_call()
    {
        var (endpoint, classifier) = await ConnectSeeingAsync(Recorded.Chat(Scores));

        var findings = await classifier.ClassifyAsync(Picture, "image/png", None);

        var scores = Assert.IsType<ImageExamined>(findings).Scores.ToDictionary(score => score.Category, score => score.Score);
        Assert.Equal((0.75, 1, 0.2), (scores[HarmCategory.Nudity], scores[HarmCategory.Gore], scores[HarmCategory.Violence]));
        Assert.Equal("seeing-model", classifier.Name);
        var body = Assert.Single(endpoint.Requests).Body;
        Assert.Equal("seeing-model", (string?)body["model"]);
        Assert.Equal("json_schema", (string?)body["response_format"]!["type"]);
        var part = Assert.Single(body["messages"]!.AsArray()[^1]!["content"]!.AsArray())!;
        Assert.Equal("image_url", (string?)part["type"]);
        Assert.Equal($"data:image/png;base64,{Recorded.Png}", (string?)part["image_url"]!["url"]);
        Assert.Equal("low", (string?)part["image_url"]!["detail"]);
    }

    [Theory]
    [InlineData("refusal")]
    [InlineData("filtered prompt")]
    [InlineData("filtered answer")]
    [InlineData("nonsense")]
    public async Task What_the_model_would_not_look_at_is_said_at_once_and_never_a_clean_record(string kind)
    {
        var (endpoint, classifier) = await ConnectSeeingAsync(kind switch
        {
            "refusal" => Recorded.Refusal,
            "filtered prompt" => Recorded.Filtered("content_filter"),
            "filtered answer" => Recorded.Chat(string.Empty, "content_filter"),
            _ => Recorded.Chat("""{"nudity":"much"}"""),
        });

        Assert.IsType<ImageNotExamined>(await classifier.ClassifyAsync(Picture, "image/png", None));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task An_outage_is_a_fault_and_the_work_comes_again()
    {
        var (_, classifier) = await ConnectSeeingAsync(Recorded.ServerError);

        await Assert.ThrowsAnyAsync<Exception>(() => classifier.ClassifyAsync(Picture, "image/png", None));
    }

    private Task<(RecordedEndpoint Endpoint, IImageClassifier Port)> ConnectSeeingAsync(RecordedAnswer answer) =>
        ConnectAsync<IImageClassifier>([answer], (OpenAiOptions options) => options.VisionModel = "seeing-model");
}
