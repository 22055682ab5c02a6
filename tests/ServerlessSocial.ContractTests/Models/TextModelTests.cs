using System.ClientModel;
using System.Text.Json.Nodes;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

public sealed class TextModelTests : ModelSuite
{
    private static readonly TextRequest Request = new("Answer briefly.", "What people wrote", 200);

    [Fact]
    public async Task Instructions_and_input_are_told_apart_and_the_answer_comes_back()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Chat("Grüße 🌍"));

        Assert.Equal(new TextWritten("Grüße 🌍"), await model.CompleteAsync(Request, None));

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(("/v1/chat/completions", "Bearer test-key"), (request.Path, request.Authorization));
        Assert.Equal(("chat-model", 200), ((string)request.Body["model"]!, (int)request.Body["max_completion_tokens"]!));
        var messages = request.Body["messages"]!.AsArray();
        Assert.Equal(
            [("system", "Answer briefly."), ("user", "What people wrote")],
            messages.Select(message => ((string)message!["role"]!, (string)message["content"]!)));
        Assert.Equal(["max_completion_tokens", "messages", "model"], request.Body.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_schema_is_asked_for_strictly()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Chat("""{"score":0.5}"""));
        var schema = new TextSchema("scores", """{"type":"object","properties":{"score":{"type":"number"}},"required":["score"],"additionalProperties":false}""");

        Assert.Equal(new TextWritten("""{"score":0.5}"""), await model.CompleteAsync(Request with { Schema = schema }, None));

        var format = Assert.Single(endpoint.Requests).Body["response_format"]!;
        Assert.Equal("json_schema", (string)format["type"]!);
        Assert.Equal(("scores", true), ((string)format["json_schema"]!["name"]!, (bool)format["json_schema"]!["strict"]!));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema.Json), format["json_schema"]!["schema"]));
    }

    [Fact]
    public async Task A_refusal_of_the_model_is_a_value()
    {
        var (_, model) = await ChatAsync(Recorded.Refusal);
        Assert.Equal(new TextRefused("I'm sorry, I cannot assist with that request."), await model.CompleteAsync(Request, None));
    }

    [Fact]
    public async Task An_answer_that_the_content_filter_stopped_is_a_refusal()
    {
        var (_, model) = await ChatAsync(Recorded.Chat("Half an ans", "content_filter"));
        Assert.Equal(new TextRefused("content_filter", RefusalKind.Filtered), await model.CompleteAsync(Request, None));
    }

    [Theory]
    [InlineData("content_filter")]
    [InlineData("content_policy_violation")]
    public async Task A_prompt_that_the_content_filter_stopped_is_a_refusal_and_not_tried_again(string code)
    {
        var (endpoint, model) = await ChatAsync(Recorded.Filtered(code));
        Assert.Equal(new TextRefused(code, RefusalKind.Filtered), await model.CompleteAsync(Request, None));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_is_none()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Chat("{\"score\":0.", "length"));
        Assert.Equal(new TextRefused("length", RefusalKind.CutOff), await model.CompleteAsync(Request, None));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_a_refusal_and_not_tried_again()
    {
        var (endpoint, model) = await ChatAsync(Recorded.TooLong);
        Assert.Equal(new TextRefused("context_length_exceeded", RefusalKind.TooLong), await model.CompleteAsync(Request, None));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Tokens_are_counted_as_the_answer_reports_them()
    {
        var (_, model) = await ChatAsync(Recorded.Chat("One"), Recorded.Refusal, Recorded.TooLong);
        using var outer = ModelUse.Count();
        using (var tokens = ModelUse.Count())
        {
            await model.CompleteAsync(Request, None);
            Assert.Equal(29, tokens.Tokens);
        }

        await model.CompleteAsync(Request, None);
        await model.CompleteAsync(Request, None);
        Assert.Equal(29 + 92, outer.Tokens);
    }

    [Fact]
    public async Task A_request_that_the_endpoint_does_not_take_is_a_fault_and_no_refusal()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Invalid);
        Assert.Equal(400, (await Assert.ThrowsAsync<ClientResultException>(() => model.CompleteAsync(Request, None))).Status);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Words_that_are_no_json_in_an_error_are_a_fault()
    {
        var (_, model) = await ChatAsync(new RecordedAnswer(400, "<html>content_filter</html>"));
        await Assert.ThrowsAsync<ClientResultException>(() => model.CompleteAsync(Request, None));
    }
}
