using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Lists;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Graph;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Lists;

public sealed class ListTests
{
    [Fact]
    public async Task Lists_say_whether_somebody_is_in_them()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var with = await anna.ListAsync(new { name = "Gardeners" }, berta);
        var without = await anna.ListAsync(new { name = "Sailors" });
        var former = await anna.ListAsync(new { name = "Cyclists" }, berta);
        await anna.DeleteAsync($"lists/{former}/members/berta");

        Assert.Equal([(with, true), (without, false), (former, false)], (await anna.ItemsAsync("lists?member=berta")).Select(list => (list.Id(), list.GetProperty("holds").GetBoolean())));
        Assert.False((await anna.ItemsAsync("lists"))[0].TryGetProperty("holds", out _));
        Assert.Equal(HttpStatusCode.NotFound, await PostCalls.StatusAsync(anna.Client, "lists?member=nobody_here"));
        await berta.PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await PostCalls.StatusAsync(anna.Client, "lists?member=berta"));
    }

    [Fact]
    public async Task A_list_is_made_renamed_and_deleted_by_its_owner_and_exists_for_nobody_else()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var id = await anna.ListAsync(new { name = " Gardeners " }, berta);
        var second = await anna.ListAsync(new { name = "Gardeners", repliesPolicy = "none" });
        using var read = await anna.Client.GetAsync($"lists/{id}");
        var tag = read.Headers.ETag!.Tag;

        var (status, changed, _) = await anna.PatchAsync($"lists/{id}", new { name = "Neighbours" }, tag);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("Neighbours", "list"), (changed.Text("name"), changed.Text("repliesPolicy")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await anna.PatchAsync($"lists/{id}", new { name = "Late" }, tag)).Status);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await anna.PatchAsync($"lists/{id}", new { name = "Late" }, null)).Status);
        Assert.Equal([id, second], await PostCalls.ListAsync(anna.Client, "lists", limit: 1));

        foreach (var path in (string[])[$"lists/{id}", $"lists/{id}/members", "lists/nonsense"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await PostCalls.StatusAsync(berta.Client, path));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await berta.PatchAsync($"lists/{id}", new { name = "Mine" }, "*")).Status);
        Assert.Equal(HttpStatusCode.NotFound, await berta.DeleteAsync($"lists/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.PutAsync($"lists/{id}/members/berta"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.DeleteAsync($"lists/{id}/members/berta"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostCalls.StatusAsync(host.Anonymous, $"lists/{id}"));
        Assert.Empty(await berta.ItemsAsync("lists"));
        await host.SettleAsync();
        Assert.Empty(await berta.ItemsAsync("notifications"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"lists/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"lists/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await PostCalls.StatusAsync(anna.Client, $"lists/{id}/members"));
        Assert.Equal([second], await PostCalls.ListAsync(anna.Client, "lists"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "name": "  " }""")]
    [InlineData("""{ "name": "two\nlines" }""")]
    [InlineData("""{ "name": "123456789012345678901234567890123456789012345678901" }""")]
    [InlineData("""{ "name": "x", "repliesPolicy": "some" }""")]
    public async Task What_cannot_be_a_list_is_refused(string body)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var response = await anna.Client.PostAsync("lists", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await anna.ItemsAsync("lists"));
    }

    [Fact]
    public async Task There_are_at_most_fifty_lists_and_a_deleted_one_makes_room()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        anna.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var first = await anna.ListAsync(new { name = "once" });
        Assert.Equal(first, await anna.ListAsync(new { name = "once" }));
        anna.Client.DefaultRequestHeaders.Remove("Idempotency-Key");
        for (var i = 1; i < 50; i++)
        {
            await anna.ListAsync(new { name = $"List {i}" });
        }

        using var refused = await anna.Client.PostAsJsonAsync("lists", new { name = "One more" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("too-many-lists", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await anna.DeleteAsync($"lists/{first}");
        await anna.ListAsync(new { name = "One more" });
        Assert.Equal(50, (await PostCalls.ListAsync(anna.Client, "lists")).Count);
    }

    [Fact]
    public async Task Members_come_newest_first_and_those_behind_a_block_neither_show_nor_can_be_added()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var others = new List<TestUser>();
        foreach (var handle in (string[])["ben", "cleo", "dora", "emil"])
        {
            others.Add(await host.SignUpAsync(handle));
        }

        var id = await anna.ListAsync(new { name = "Some" }, [.. others]);
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"lists/{id}/members/BEN"));
        Assert.Equal(["emil", "dora", "cleo", "ben"], await GraphWorld.ListAsync(anna.Client, $"lists/{id}/members", 2));

        await others[1].PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Equal(["emil", "dora", "ben"], await GraphWorld.ListAsync(anna.Client, $"lists/{id}/members", 20));
        var second = await anna.ListAsync(new { name = "Others" });
        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync($"lists/{second}/members/cleo"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"lists/{second}/members/cleo"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync($"lists/{second}/members/nobody"));

        // The block ends, and who was in the list is in it.
        await others[1].DeleteAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Equal(["emil", "dora", "cleo", "ben"], await GraphWorld.ListAsync(anna.Client, $"lists/{id}/members", 20));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"lists/{id}/members/dora"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"lists/{id}/members/dora"));
        Assert.Equal(["emil", "cleo", "ben"], await GraphWorld.ListAsync(anna.Client, $"lists/{id}/members", 20));
    }

    [Fact]
    public async Task A_list_takes_five_hundred_members_and_no_more()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, _) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var id = await anna.ListAsync(new { name = "Full" });
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.CreateAsync(
            ListMembersDocument.For(anna.Id, id) with { Members = [.. Enumerable.Range(0, 500).Select(_ => new ListMember(Ids.New(TimeProvider.System), Ids.New(TimeProvider.System)))] },
            CancellationToken.None);

        using var response = await anna.Client.PutAsync($"lists/{id}/members/berta", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("list-full", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("berta", (await anna.ItemsAsync($"lists/{id}/members")).Select(member => member.Text("handle")));
    }

    /// <summary>A crash between the steps of a deletion leaves a list that nobody sees; the next list that is made finishes it.</summary>
    [Fact]
    public async Task A_deletion_that_broke_off_is_finished_later()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var id = await anna.ListAsync(new { name = "Going" }, berta);
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.UpdateAsync<ListsDocument>(
            anna.Id, ListsDocument.ListsId, found => found.With(found.Find(id)! with { Deleted = true }), CancellationToken.None);
        Assert.Empty(await anna.ItemsAsync("lists"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync($"lists/{id}/members/berta"));

        await anna.ListAsync(new { name = "Coming" });

        Assert.Null(await documents.FindAsync<ListMembersDocument>(anna.Id, ListMembersDocument.IdOf(id), CancellationToken.None));
        Assert.Empty((await documents.QueryAsync<ReferenceDocument>(new DocumentQuery(berta.Id, 10).WithPrefix(ListMembersDocument.Note), CancellationToken.None)).Items);
        Assert.Single((await documents.FindAsync<ListsDocument>(anna.Id, ListsDocument.ListsId, CancellationToken.None))!.Lists);
    }

    [Fact]
    public async Task Who_leaves_is_in_no_list_and_no_mute_any_more_and_theirs_leave_no_trace()
    {
        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        try
        {
            string annaId;
            await using (var host = await TestHost.StartAsync([AccountCalls.AtOnce], dataDirectory: directory))
            {
                var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
                annaId = anna.Id;
                await anna.ListAsync(new { name = "Annas list" }, ben, cleo);
                var deleted = await anna.ListAsync(new { name = "Annas former list" }, ben);
                await anna.DeleteAsync($"lists/{deleted}");
                var list = await ben.ListAsync(new { name = "Bens list" }, anna, cleo);
                var (annas, bens) = ((await anna.PostAsync("A thread of hers")).Id(), (await ben.PostAsync("A thread of his")).Id());
                await host.SettleAsync();
                await anna.PutAsync($"posts/{bens}/mute");
                var answer = (await cleo.PostAsync(new { text = "An answer", replyTo = annas })).Id();
                await host.SettleAsync();
                await ben.PutAsync($"posts/{annas}/mute");
                await anna.FilterAsync(new { phrase = "moss" });
                await anna.PutAsync("tags/moss/follow");

                Assert.Equal(HttpStatusCode.Accepted, await anna.LeaveAsync());
                await host.SettleAsync();

                Assert.Equal(["cleo"], await GraphWorld.ListAsync(ben.Client, $"lists/{list}/members", 20));
                Assert.True((await ben.Client.ReadAsync($"posts/{answer}")).GetProperty("viewer").GetProperty("muted").GetBoolean());
            }

            Assert.Empty(AccountCalls.FilesWith(directory, annaId, "Annas list", "Annas former list", "moss"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
