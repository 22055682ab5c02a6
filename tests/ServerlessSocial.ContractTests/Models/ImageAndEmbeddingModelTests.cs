using System.ClientModel;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

public sealed class ImageAndEmbeddingModelTests : ModelSuite
{
    [Fact]
    public async Task A_picture_comes_in_the_answer_itself()
    {
        var (endpoint, model) = await ConnectAsync<IImageModel>([Recorded.Image]);

        var made = Assert.IsType<ImageMade>(await model.GenerateAsync(new("a fox in the snow", "watercolor", 1024, 1536), None));

        Assert.Equal(Convert.FromBase64String(Recorded.Png), made.Content.ToArray());
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("/v1/images/generations", request.Path);
        Assert.Equal(("image-model", "1024x1536"), ((string)request.Body["model"]!, (string)request.Body["size"]!));
        Assert.Equal(["model", "prompt", "size"], request.Body.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.EndsWith("a fox in the snow", (string)request.Body["prompt"]!, StringComparison.Ordinal);
        Assert.StartsWith("A watercolour", (string)request.Body["prompt"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_without_a_style_is_asked_for_in_its_authors_words()
    {
        var (endpoint, model) = await ConnectAsync<IImageModel>([Recorded.Image]);
        await model.GenerateAsync(new("a fox in the snow", null, 1024, 1024), None);
        Assert.Equal("a fox in the snow", (string)Assert.Single(endpoint.Requests).Body["prompt"]!);
    }

    [Fact]
    public async Task An_address_instead_of_a_picture_is_a_fault_and_never_followed()
    {
        var (_, model) = await ConnectAsync<IImageModel>([Recorded.ImageAddress]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => model.GenerateAsync(new("a fox", null, 1024, 1024), None));
    }

    [Theory]
    [InlineData("content_filter")]
    [InlineData("contentFilter")]
    [InlineData("content_policy_violation")]
    [InlineData("moderation_blocked")]
    public async Task A_picture_that_the_content_filter_stopped_is_a_refusal_and_not_tried_again(string code)
    {
        var (endpoint, model) = await ConnectAsync<IImageModel>([Recorded.Filtered(code)]);
        var refused = Assert.IsType<ImageRefused>(await model.GenerateAsync(new("something awful", null, 1024, 1024), None));
        Assert.DoesNotContain("awful", refused.Reason, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task A_description_that_is_too_long_is_a_refusal_that_says_so()
    {
        var (endpoint, model) = await ConnectAsync<IImageModel>([Recorded.TooLong]);
        var refused = Assert.IsType<ImageRefused>(await model.GenerateAsync(new("a fox", null, 1024, 1024), None));
        Assert.Contains("shorten", refused.Reason, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Texts_that_will_not_be_embedded_are_a_refusal_and_not_tried_again()
    {
        var (endpoint, model) = await ConnectAsync<IEmbeddingModel>([Recorded.Filtered("content_filter"), Recorded.TooLong]);
        Assert.Equal(new EmbeddingRefused(RefusalKind.Filtered), await model.EmbedAsync(["x"], None));
        Assert.Equal(new EmbeddingRefused(RefusalKind.TooLong), await model.EmbedAsync(["x"], None));
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Another_fault_of_the_image_model_is_no_refusal()
    {
        var (_, model) = await ConnectAsync<IImageModel>([Recorded.Invalid]);
        await Assert.ThrowsAsync<ClientResultException>(() => model.GenerateAsync(new("a fox", null, 1024, 1024), None));
    }

    [Fact]
    public async Task Vectors_come_in_the_order_of_their_texts()
    {
        var (endpoint, model) = await ConnectAsync<IEmbeddingModel>([Recorded.Embeddings]);

        var embedded = Assert.IsType<TextsEmbedded>(await model.EmbedAsync(["x", "y", "z"], None));

        Assert.Equal([[1, 0, 0], [0, 1, 0], [0, 0, 1]], embedded.Vectors.Select(vector => vector.ToArray()));
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("/v1/embeddings", request.Path);
        Assert.Equal(["x", "y", "z"], request.Body["input"]!.AsArray().Select(text => (string)text!));
    }
}
