using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Editing;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Posts.Editing;

/// <summary>Edits that meet something else while they are looked at.</summary>
public sealed class EditRaceTests
{
    [Fact]
    public async Task A_second_edit_builds_on_the_first_that_still_waits()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Before");

        Assert.Equal(HttpStatusCode.OK, await EditAsync(anna, id, new { text = "After [wait]" }, "\"0\""));
        Assert.Equal(HttpStatusCode.OK, await EditAsync(anna, id, new { contentWarning = "Water" }, "\"1\""));
        gate.Open();
        await host.SettleAsync();

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal(("After [wait]", "Water"), (post.GetProperty("text").GetString(), post.GetProperty("contentWarning").GetString()));
    }

    [Fact]
    public async Task Nothing_of_a_post_stays_that_is_deleted_while_its_edit_is_looked_at()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var (anna, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("cleo"));
        var id = await host.PostAsync(anna, "Before");

        await EditAsync(anna, id, new { text = "After @cleo [wait]" });
        await gate.Reached;
        using var deleted = await anna.Client.DeleteAsync($"posts/{id}");
        deleted.EnsureSuccessStatusCode();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await Eventually.HoldsAsync(async () => (await documents.FindAsync<PostDocument>(anna.Id, id, default))!.Ttl is not null);
        gate.Open();
        await host.SettleAsync();

        Assert.Empty((await documents.QueryAsync<PostVersionDocument>(new(id, 10), default)).Items);
        Assert.Null(await documents.FindAsync<ReferenceDocument>(cleo.Id, $"{PostReferences.Post}{id}", default));
    }

    [Fact]
    public async Task A_post_keeps_its_tags_and_notifications_when_an_edit_is_overtaken_by_one_that_is_refused()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await host.PostAsync(anna, "Good evening @ben #ocean");

        await EditAsync(anna, id, new { text = "Good evening [wait]" });
        await gate.Reached;
        await EditAsync(anna, id, new { text = "Ich bring dich um!" });
        gate.Open();
        await host.SettleAsync();

        Assert.Equal("Good evening @ben #ocean", (await ben.GetAsync($"posts/{id}")).GetProperty("text").GetString());
        Assert.Equal(id, Assert.Single(await ben.ItemsAsync("tags/ocean")).Id());
        Assert.Single(await ben.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task A_post_that_nobody_has_seen_yet_tells_those_whom_its_edit_names()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var id = (await anna.PostAsync(new { text = "Hello @ben [wait]" })).Id();
        await gate.Reached;

        await EditAsync(anna, id, new { text = "Hello @cleo" });
        gate.Open();
        await host.SettleAsync();

        Assert.Empty(await ben.ItemsAsync("notifications"));
        Assert.Equal("mention", Assert.Single(await cleo.ItemsAsync("notifications")).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_none()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "As it is");

        Assert.Equal(HttpStatusCode.OK, await EditAsync(anna, id, new { text = "As it is" }));
        await host.SettleAsync();

        Assert.Single(await anna.ItemsAsync($"posts/{id}/history"));
        Assert.False((await anna.GetAsync($"posts/{id}")).TryGetProperty("editedAt", out _));
    }

    [Fact]
    public async Task An_edit_that_waits_is_withdrawn_by_saying_what_the_post_says()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Before");

        await EditAsync(anna, id, new { text = "After [wait]" });
        await EditAsync(anna, id, new { text = "Before" });
        gate.Open();
        await host.SettleAsync();

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal(("Before", false), (post.GetProperty("text").GetString(), post.TryGetProperty("pendingEdit", out _)));
        Assert.Single(await anna.ItemsAsync($"posts/{id}/history"));
    }

    [Fact]
    public async Task An_edit_waits_until_what_the_last_one_left_to_do_is_done_and_while_a_person_looks_at_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Before");
        var post = (await host.Services.GetRequiredService<IDocumentStore>().FindAsync<PostDocument>(anna.Id, id, default))!;
        var edit = new PostEdit("After", null, null, new Dictionary<string, string?>(), DateTimeOffset.UtcNow, ServerlessSocial.Moderation.ModerationStatus.Pending, null);

        var approved = PostEditing.Approved(PostEditing.Asked(post, edit), edit, DateTimeOffset.UtcNow);

        Assert.Equal([PostPipeline.EditQueue], PostPipeline.Next(PostEditing.Asked(post, edit)));
        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(approved));
        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(PostEditing.Asked(approved, edit with { Text = "Later" })));
        Assert.DoesNotContain(PostPipeline.EditQueue, PostPipeline.Next(PostEditing.Asked(post with { Moderation = post.Moderation with { Appeal = new("Why?", DateTimeOffset.UtcNow) } }, edit)));
    }

    [Fact]
    public async Task A_post_that_is_written_anew_keeps_what_its_author_last_wanted_and_the_descriptions_of_its_pictures()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var id = (await anna.PostAsync(new { text = "Before", media = new[] { new { id = picture } } })).Id();
        await host.SettleAsync();
        await EditAsync(anna, id, new { media = new[] { new { id = picture, alt = "The sea" } } });
        await host.SettleAsync();
        await EditAsync(anna, id, new { text = "Ich bring dich um!" });
        await host.SettleAsync();

        using var deleted = await anna.Client.DeleteAsync($"posts/{id}?redraft=true");
        var draft = await deleted.Content.ReadFromJsonAsync<JsonElement>();
        await host.SettleAsync();

        Assert.Equal("Ich bring dich um!", draft.GetProperty("text").GetString());
        Assert.Equal("The sea", (await anna.GetAsync($"drafts/{draft.Id()}")).GetProperty("media")[0].GetProperty("alt").GetString());
    }

    [Fact]
    public async Task Who_is_mentioned_by_an_edit_is_told_above_what_they_have_read()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("cleo"));
        var id = await host.PostAsync(anna, "Good evening");
        await host.PostAsync(anna, "Hello @cleo");
        using var read = await cleo.Client.PostAsJsonAsync("notifications/read", new { upTo = (await cleo.ItemsAsync("notifications"))[0].Id() });
        read.EnsureSuccessStatusCode();

        await EditAsync(anna, id, new { text = "Good evening @cleo" });
        await host.SettleAsync();

        var told = (await cleo.ItemsAsync("notifications"))[0];
        Assert.Equal((id, false), (told.GetProperty("post").Id(), told.GetProperty("read").GetBoolean()));
        await EditAsync(anna, id, new { text = "Good evening" });
        await host.SettleAsync();
        Assert.Single(await cleo.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task Mentions_of_strangers_are_counted_in_edits_as_they_are_in_posts()
    {
        await using var host = await TestHost.StartAsync(["Limits:Factor=1", "Limits:NewHours=0", "Limits:Mentions:Burst=2"]);
        var anna = await host.SignUpAsync("anna");
        for (var i = 0; i < 3; i++)
        {
            await host.SignUpAsync($"other{i}");
        }

        var id = await host.PostAsync(anna, "Hello");
        Assert.Equal(HttpStatusCode.OK, await EditAsync(anna, id, new { text = "Hello @other0 @other1" }));
        Assert.Equal(HttpStatusCode.OK, await EditAsync(anna, id, new { text = "Hello, @other1" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await EditAsync(anna, id, new { text = "Hello @other2" }));
        await host.SettleAsync();
        Assert.Equal("Hello, @other1", (await anna.GetAsync($"posts/{id}")).GetProperty("text").GetString());
    }

    private static Task<TestHost> StartAsync(Gate gate) =>
        TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier>(gate));

    private static async Task<HttpStatusCode> EditAsync(TestUser who, string id, object changes, string version = "*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"posts/{id}") { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        using var answer = await who.Client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Looks at what says that it waits only once it is opened; finds a threat a harm.</summary>
    private sealed class Gate : ITextClassifier
    {
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "gate";

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Open() => opened.TrySetResult();

        public async Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken)
        {
            if (text.Contains("[wait]", StringComparison.Ordinal))
            {
                reached.TrySetResult();
                await opened.Task.WaitAsync(cancellationToken);
            }

            return text.Contains("bring dich um", StringComparison.Ordinal) ? [new HarmScore(HarmCategory.Violence, 0.99, "said so")] : [];
        }
    }
}
