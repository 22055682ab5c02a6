using OpenAI.Chat;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>The text port over chat completions.</summary>
internal sealed class OpenAiTextModel(ChatClient client, string model, TokenPrice price, Action<ChatCompletionOptions>? prepare) : ITextModel
{
    /// <inheritdoc/>
    public string Name => model;

    /// <inheritdoc/>
    public Task<TextAnswer> CompleteAsync(TextRequest request, CancellationToken cancellationToken) => ModelCalls.RunAsync<TextAnswer>(
        "chat",
        model,
        async () =>
        {
            ChatCompletion completion = await client.CompleteChatAsync(
                [new SystemChatMessage(request.Instructions), new UserChatMessage(request.Input)], OptionsOf(request), cancellationToken);
            ModelTelemetry.Used(model, completion.Usage?.InputTokenCount ?? 0, completion.Usage?.OutputTokenCount ?? 0, price);
            return Answer(completion);
        },
        (code, why) => new TextRefused(code, why),
        cancellationToken);

    private ChatCompletionOptions OptionsOf(TextRequest request)
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = request.MaxOutputTokens };
        prepare?.Invoke(options);
        if (request.Schema is { } schema)
        {
            options.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(schema.Name, BinaryData.FromString(schema.Json), jsonSchemaIsStrict: true);
        }

        return options;
    }

    private static TextAnswer Answer(ChatCompletion completion) => completion switch
    {
        { Refusal: { Length: > 0 } refusal } => new TextRefused(refusal),
        { FinishReason: ChatFinishReason.ContentFilter } => new TextRefused("content_filter", RefusalKind.Filtered),
        { FinishReason: ChatFinishReason.Length } => new TextRefused("length", RefusalKind.CutOff),
        _ => new TextWritten(string.Concat(completion.Content.Select(part => part.Text))),
    };
}
