using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Images;

/// <summary>What descriptions of pictures may not ask for, where a chat model examines them, as in Azure.</summary>
public sealed class PromptClauseTests
{
    [Theory]
    [InlineData("nudity", "nudity")]
    [InlineData("gore", "mutilation")]
    [InlineData("extremistSymbols", "extremist")]
    [InlineData("sexualMinors", "child or a young person")]
    public async Task A_chat_model_is_asked_for_every_clause_and_what_it_finds_is_refused_with_the_clause(string category, string clause)
    {
        var judge = new Judge(category);
        var painter = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            painter.Register(builder);
            builder.Services.AddSingleton<ITextClassifier>(new ModelTextClassifier(judge));
        });
        var anna = await host.SignUpAsync("anna");

        using var asked = await anna.Client.PostAsJsonAsync("images", new { prompt = "JUDGE this" });
        var post = await host.PostAsync(anna, "JUDGE this");

        var job = await anna.GetAsync($"images/{(await asked.Content.ReadFromJsonAsync<JsonElement>()).Id()}");
        Assert.Equal("refused", job.Text("status"));
        Assert.Contains(clause, job.Text("reason"));
        Assert.Equal(0, painter.Calls);
        Assert.Contains(category, judge.Instructions);

        // Nakedness, gore and symbols may be spoken of.
        Assert.Equal(category == "sexualMinors" ? "held" : "approved", (await anna.GetAsync($"posts/{post}")).Status());
    }

    /// <summary>A chat model that is nearly sure of one thing in whatever says JUDGE.</summary>
    private sealed class Judge(string category) : ITextModel
    {
        public string Name => "judge";

        public string Instructions { get; private set; } = string.Empty;

        public Task<TextAnswer> CompleteAsync(TextRequest request, CancellationToken cancellationToken)
        {
            Instructions = request.Instructions;
            var scores = Enum.GetValues<HarmCategory>().Select(harm => JsonNamingPolicy.CamelCase.ConvertName(harm.ToString()))
                .ToDictionary(name => name, name => name == category && request.Input.Contains("JUDGE", StringComparison.Ordinal) ? 0.9 : 0);
            return Task.FromResult<TextAnswer>(new TextWritten(JsonSerializer.Serialize(scores)));
        }
    }
}
