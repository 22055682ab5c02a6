using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class EntityTests
{
    [Fact]
    public async Task A_post_tells_where_its_mentions_tags_and_links_stand()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.SignUpAsync("ben");

        var post = await anna.PostAsync("🎉 @Ben @nobody_here #STRASSE https://example.com/ä。");
        await host.SettleAsync();

        string[] expected = ["mention 3+4 ben", "tag 21+8 strasse", "link 30+21 https://example.com/%C3%A4"];
        Assert.Equal(expected, Entities(post));
        Assert.Equal(expected, Entities(await host.Anonymous.ReadAsync($"posts/{post.Id()}")));
        Assert.Equal(expected, Entities((await host.Anonymous.ReadAsync("tags/Straße")).GetProperty("items")[0]));
    }

    [Fact]
    public async Task A_post_without_any_has_none()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        Assert.Empty(Entities(await anna.PostAsync("javascript:alert(1) README.md anna@example.com")));
    }

    [Fact]
    public async Task Who_is_mentioned_is_named_by_their_present_handle_and_not_to_whom_they_block()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var post = await anna.PostAsync("Thanks, @ben!");
        await host.SettleAsync();
        var quote = await cleo.PostAsync(new { text = "Why?", quote = post.Id() });
        await host.SettleAsync();
        Assert.Equal(["mention 8+4 ben"], Entities(await cleo.Client.ReadAsync($"posts/{post.Id()}")));
        Assert.Equal(["mention 8+4 ben"], Entities((await cleo.Client.ReadAsync($"posts/{quote.Id()}")).GetProperty("quoted")));

        using (var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { handle = "benjamin" }) })
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var changed = await ben.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        await ben.PutAsync("profiles/cleo/block");
        await host.SettleAsync();

        Assert.Equal(["mention 8+4 benjamin"], Entities(await anna.Client.ReadAsync($"posts/{post.Id()}")));
        Assert.Equal(["mention 8+4 benjamin"], Entities((await anna.Client.ReadAsync($"posts/{quote.Id()}")).GetProperty("quoted")));
        Assert.Empty(Entities(await cleo.Client.ReadAsync($"posts/{post.Id()}")));
        Assert.Empty(Entities((await cleo.Client.ReadAsync($"posts/{quote.Id()}")).GetProperty("quoted")));
    }

    [Fact]
    public async Task A_quoted_text_that_is_cut_has_what_is_whole_in_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var post = await anna.PostAsync($"#first {new string('a', 484)} #second #third");
        await host.SettleAsync();

        var quoted = (await anna.PostAsync(new { text = "Look", quote = post.Id() })).GetProperty("quoted");
        var whole = (await anna.PostAsync(new { text = "Look", quote = (await anna.PostAsync($"#first {new string('a', 485)} #second")).Id() })).GetProperty("quoted");

        Assert.Equal(["tag 0+6 first", "tag 492+7 second", "tag 500+6 third"], Entities(await anna.Client.ReadAsync($"posts/{post.Id()}")));
        Assert.Equal(["tag 0+6 first", "tag 492+7 second"], Entities(quoted));
        Assert.EndsWith("#second …", quoted.Text("text"), StringComparison.Ordinal);
        Assert.Equal(["tag 0+6 first", "tag 493+7 second"], Entities(whole));
    }

    [Fact]
    public async Task A_post_with_tags_by_the_former_rule_leaves_them_when_it_is_hidden_and_comes_under_those_of_today()
    {
        await using var host = await TestHost.StartAsync();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var anna = await host.SignUpAsync("anna");
        var post = await anna.PostAsync("At the #Straßenfest");
        await host.SettleAsync();
        await documents.UpdateAsync<PostDocument>(anna.Id, post.Id(), now => now with { Tags = ["straßenfest"] }, default);
        await documents.UpsertManyAsync([new TagEntry { Id = post.Id(), Tag = "straßenfest" }], default);
        await documents.DeleteAsync<TagEntry>("strassenfest", post.Id(), default);

        Assert.Equal(["strassenfest"], (await anna.Client.ReadAsync($"posts/{post.Id()}")).Texts("tags"));

        await DecideAsync(ModerationStatus.Removed);
        Assert.Null(await documents.FindAsync<TagEntry>("straßenfest", post.Id(), default));

        await documents.UpsertManyAsync([new TagEntry { Id = post.Id(), Tag = "straßenfest" }], default);
        await DecideAsync(ModerationStatus.Approved);
        Assert.Equal([post.Id()], await host.Anonymous.ListAsync("tags/STRASSENFEST"));
        Assert.Null(await documents.FindAsync<TagEntry>("straßenfest", post.Id(), default));

        await anna.DeleteAsync($"posts/{post.Id()}");
        await host.SettleAsync();
        Assert.Empty(await host.Anonymous.ListAsync("tags/STRASSENFEST"));

        async Task DecideAsync(ModerationStatus status)
        {
            await documents.UpdateAsync<PostDocument>(anna.Id, post.Id(), now => now.Under(new PostModeration(status, null, "test", now.CreatedAt)), default);
            await host.SettleAsync();
        }
    }

    private static string[] Entities(JsonElement post) =>
        [.. post.GetProperty("entities").EnumerateArray().Select(entity => $"{entity.Text("kind")} {entity.Count("start")}+{entity.Count("length")} {entity.Text("target")}")];
}
