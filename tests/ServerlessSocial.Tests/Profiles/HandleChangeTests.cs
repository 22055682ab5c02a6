using System.Net;
using System.Net.Http.Json;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Profiles;

public sealed class HandleChangeTests
{
    [Fact]
    public async Task A_former_handle_leads_to_the_profile_and_nobody_else_can_take_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = (await ben.PostAsync("Good morning @anna")).Id();

        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(anna, "Anna_B")).Status);

        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Anonymous.BaseAddress };
        using var redirect = await plain.GetAsync("profiles/anna");
        Assert.Equal(HttpStatusCode.PermanentRedirect, redirect.StatusCode);
        Assert.Equal("/api/profiles/anna_b", redirect.Headers.Location?.OriginalString);
        Assert.Equal("no-store", redirect.Headers.CacheControl?.ToString());
        Assert.Equal(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna")).Id());
        Assert.Equal(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna_b")).Id());
        Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "anna"));
        Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "anna_b"));

        // Mentions under either handle reach her, and what is done under the former one is done to her.
        await host.PostAsync(ben, "Hello @anna");
        await host.PostAsync(ben, "Hello @anna_b");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        Assert.Equal(3, (await anna.ItemsAsync("notifications")).Count(told => told.Text("kind") == "mention"));
        Assert.Equal(["anna_b"], (await ben.ItemsAsync("profiles/ben/following")).Select(profile => profile.Text("handle")));
        Assert.Equal(["anna_b"], (await ben.GetAsync($"posts/{post}")).Texts("mentions"));
    }

    [Fact]
    public async Task A_handle_changes_once_in_some_days_and_never_to_one_that_is_taken_or_reserved()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, _) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));

        Assert.Equal((HttpStatusCode.Conflict, "handle-taken"), await ChangeAsync(anna, "ben"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await ChangeAsync(anna, "admin"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await ChangeAsync(anna, "a"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await ChangeAsync(anna, null));
        Assert.Equal((HttpStatusCode.OK, null), await ChangeAsync(anna, "ANNA"));
        Assert.Equal((HttpStatusCode.OK, null), await ChangeAsync(anna, "anna_b"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "handle-changed-lately"), await ChangeAsync(anna, "anna_c"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(host, "anna_c"));
    }

    [Fact]
    public async Task Who_blocks_cannot_be_found_by_a_former_handle_either()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/block");
        await ChangeAsync(anna, "anna_b");

        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync("profiles/anna"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync("profiles/anna_b"));
    }

    [Fact]
    public async Task A_former_handle_is_free_when_its_time_is_over_and_one_may_go_back_before()
    {
        await using var host = await TestHost.StartAsync(["Profiles:HandleRedirect=00:00:02", "Profiles:HandleChangeInterval=00:00:00"]);
        var anna = await host.SignUpAsync("anna");
        await ChangeAsync(anna, "anna_b");
        Assert.Equal((HttpStatusCode.OK, null), await ChangeAsync(anna, "anna"));
        Assert.Equal(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna")).Id());
        await ChangeAsync(anna, "anna_b");

        await Eventually.HoldsAsync(async () => await host.Anonymous.StatusAsync("profiles/anna") == HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(host, "anna"));
        Assert.NotEqual(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna")).Id());
        Assert.Equal(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna_b")).Id());
    }

    [Fact]
    public async Task A_change_that_broke_off_behind_the_claim_keeps_the_handle_from_nobody_for_long()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var documents = host.Documents();
        var profile = (await documents.FindAsync<ProfileDocument>(anna.Id, anna.Id, default))!;
        var account = (await documents.FindAsync<HandleDocument>("anna", "anna", default))!.AccountId;
        var then = DateTimeOffset.UtcNow - Handles.Patience;
        await documents.CreateAsync(new HandleDocument { Id = "wanted", ProfileId = anna.Id, AccountId = account, ClaimedAt = then }, default);
        await documents.CreateAsync(new HandleDocument { Id = "pending", ProfileId = anna.Id, AccountId = account, ClaimedAt = DateTimeOffset.UtcNow }, default);

        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync("profiles/wanted"));
        Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "pending"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(host, "wanted"));

        // Should the change still be alive somewhere, it cannot decide any more; and nothing of the profile is lost.
        var late = await documents.ReplaceAsync(profile with { Handle = "wanted" }, default);
        Assert.Equal(StoreStatus.PreconditionFailed, late.Status);
        Assert.Equal(anna.Id, (await host.Anonymous.ReadAsync("profiles/anna")).Id());
    }

    private static async Task<HttpStatusCode> SignUpAsync(TestHost host, string handle)
    {
        using var client = host.NewClient(await host.TokenAsync($"somebody who wants {handle}"));
        using var response = await client.PostAsJsonAsync("profiles", new { handle, displayName = "Somebody" });
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string? Problem)> ChangeAsync(TestUser user, string? handle)
    {
        using var me = await user.Client.GetAsync("me");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { handle }) };
        request.Headers.IfMatch.Add(me.Headers.ETag!);
        using var response = await user.Client.SendAsync(request);
        return (response.StatusCode, response.IsSuccessStatusCode ? null : await response.ProblemAsync());
    }
}
