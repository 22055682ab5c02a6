using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Platform.Ai;

namespace ServerlessSocial.Tests.Moderation;

/// <summary>What becomes of a text that its model does not judge: one call, and a person decides who is told why.</summary>
public sealed class UnjudgedTests
{
    public static TheoryData<RefusalKind, string> Refusals => new()
    {
        { RefusalKind.Declined, "would not judge it" },
        { RefusalKind.Filtered, "content filter" },
        { RefusalKind.TooLong, "too long" },
        { RefusalKind.CutOff, "could not be checked automatically" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_post_is_held_at_once_with_the_reason(RefusalKind why, string reason)
    {
        var model = new ScriptedTextModel((_, _) => new TextRefused("said so", why));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));

        var id = await host.PostAsync(anna, "Something a model does not want to read.");

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal("held", ModeratedHost.StatusOf(post));
        Assert.Contains(reason, post.GetProperty("moderation").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, model.Calls);
        Assert.Equal(id, Assert.Single(await mona.ItemsAsync("moderation/queue?kind=held")).GetProperty("subject").GetProperty("id").GetString());
        Assert.Contains(reason, Assert.Single(await anna.ItemsAsync($"posts/{id}/moderation")).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("harmless")]
    [InlineData("""{"harassment":0}""")]
    [InlineData("[]")]
    public async Task An_answer_that_makes_no_sense_holds_the_post_at_once(string answer)
    {
        var model = new ScriptedTextModel((_, _) => new TextWritten(answer));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        Assert.Equal("held", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{await host.PostAsync(anna, "Hello.")}")));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task A_text_that_was_cut_is_read_whole_by_a_person_unless_it_is_removed()
    {
        var model = new ScriptedTextModel((_, request) => request.Input.Contains("[Hate]", StringComparison.Ordinal)
            ? new TextWritten("""{"harassment":0,"hate":0.99,"violence":0,"sexual":0,"selfHarm":0,"spam":0,"illegalGoods":0,"sexualMinors":0,"nudity":0,"gore":0,"extremistSymbols":0}""")
            : ScriptedTextModel.Harmless);
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");
        var emoji = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 1_600));

        var held = await anna.GetAsync($"posts/{await host.PostAsync(anna, emoji)}");
        var removed = await anna.GetAsync($"posts/{await host.PostAsync(anna, $"{emoji}[Hate]")}");
        var letters = await anna.GetAsync($"posts/{await host.PostAsync(anna, new string('ä', 5_000))}");

        Assert.Equal("held", ModeratedHost.StatusOf(held));
        Assert.Contains("longer than the automatic check reads", held.GetProperty("moderation").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("removed", ModeratedHost.StatusOf(removed));
        Assert.Equal("approved", ModeratedHost.StatusOf(letters));
        Assert.Equal(3, model.Calls);
    }

    [Fact]
    public async Task An_outage_is_waited_out()
    {
        var model = new ScriptedTextModel((call, _) => call < 3 ? throw new HttpRequestException("Out.") : ScriptedTextModel.Harmless);
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{await host.PostAsync(anna, "Hello.")}")));
        Assert.Equal(3, model.Calls);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_picture_whose_description_is_not_judged_is_refused_at_once_with_a_reason(RefusalKind why, string unused)
    {
        Assert.NotEmpty(unused);
        var drawer = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        var model = new ScriptedTextModel((_, _) => new TextRefused("said so", why));
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            model.Register(builder);
            drawer.Register(builder);
        });
        var anna = await host.SignUpAsync("anna");

        var id = await ImageTests.AskAsync(anna, "A tree");
        await host.SettleAsync();

        var job = await anna.GetAsync($"images/{id}");
        Assert.Equal("refused", job.GetProperty("status").GetString());
        Assert.StartsWith("The picture was not made:", job.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (model.Calls, drawer.Calls));
    }
}
