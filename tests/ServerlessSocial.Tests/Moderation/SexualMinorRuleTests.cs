using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class SexualMinorRuleTests
{
    [Theory]
    [InlineData("a naked child on a beach")]
    [InlineData("child, naked, on a beach")]
    [InlineData("on the beach: nude, and a schoolgirl")]
    [InlineData("sexy 12 year old girl")]
    [InlineData("a girl of 12 years, topless")]
    [InlineData("topless portrait, aged 15")]
    [InlineData("erotic drawing of a 16-year-old")]
    [InlineData("loli, lingerie")]
    [InlineData("a little girl undressing")]
    [InlineData("ein nacktes Kind am Strand")]
    [InlineData("Kind, am Strand, nackt")]
    [InlineData("nackt am Strand: ein M\u00E4dchen")]
    [InlineData("erotisches Foto einer Sch\u00FClerin")]
    [InlineData("Sch\u00FClerin, 14 Jahre alt, sexy")]
    [InlineData("13-j\u00E4hrige in Dessous")]
    [InlineData("minderj\u00E4hrig und unbekleidet")]
    [InlineData("N\u00C1CKTE KINDER")]
    [InlineData("na\u200Bked chi\u00ADld")]
    public async Task In_any_order_and_in_both_languages_a_post_waits_for_a_person_and_no_picture_is_made(string text)
    {
        Assert.Equal(HarmCategory.SexualMinors, SexualMinorRule.ScoreOf(text)?.Category);

        // Whatever classifier there is: this one finds nothing.
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            model.Register(builder);
            builder.Services.AddSingleton<ITextClassifier>(new ObedientClassifier());
        });
        var anna = await host.SignUpAsync("anna");
        var post = await host.PostAsync(anna, text);
        using var asked = await anna.Client.PostAsJsonAsync("images", new { prompt = text });
        await host.SettleAsync();

        Assert.Equal("held", (await anna.GetAsync($"posts/{post}")).Status());
        var job = await anna.GetAsync($"images/{(await asked.Content.ReadFromJsonAsync<JsonElement>()).Id()}");
        Assert.Equal("refused", job.Text("status"));
        Assert.Contains("child or a young person", job.Text("reason"));
        Assert.Equal(0, model.Calls);
    }

    [Theory]
    [InlineData("My kids love the beach.")]
    [InlineData("That is kind of sexy.")]
    [InlineData("A nude by Schiele hangs in the museum.")]
    [InlineData("Our children went home. Later we saw a nude by Schiele.")]
    [InlineData("Sex education for teenagers saves lives.")]
    [InlineData("The court spoke about sexual abuse of children.")]
    [InlineData("Sexueller Missbrauch von Kindern muss bestraft werden.")]
    [InlineData("Sexualkunde f\u00FCr Sch\u00FClerinnen und Sch\u00FCler")]
    [InlineData("Eine junge Frau, nackt, \u00D6l auf Leinwand")]
    [InlineData("Naked truth after 30 years of marriage")]
    [InlineData("A sexy song in A minor")]
    [InlineData("Nackte Zahlen: 17 Prozent")]
    public void What_speaks_of_something_else_is_left_alone(string text) => Assert.Null(SexualMinorRule.ScoreOf(text));

    [Theory]
    [InlineData("a naked woman", "nudity")]
    [InlineData("eine nackte Frau am Strand", "nudity")]
    [InlineData("a dismembered body in a pool of blood", "mutilation")]
    [InlineData("eine enthauptete Leiche", "mutilation")]
    [InlineData("a red banner with a swastika", "extremist")]
    [InlineData("eine Fahne mit Hakenkreuz", "extremist")]
    public async Task Descriptions_of_nudity_gore_and_extremist_symbols_are_refused_with_the_clause_and_posts_may_speak_of_them(string prompt, string clause)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var post = await host.PostAsync(anna, $"At the museum: {prompt}");
        using var asked = await anna.Client.PostAsJsonAsync("images", new { prompt });
        await host.SettleAsync();

        var job = await anna.GetAsync($"images/{(await asked.Content.ReadFromJsonAsync<JsonElement>()).Id()}");
        Assert.Equal("refused", job.Text("status"));
        Assert.Contains(clause, job.Text("reason"));
        Assert.Equal("approved", (await anna.GetAsync($"posts/{post}")).Status());
    }
}
