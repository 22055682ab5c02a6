using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Push;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Push;

/// <summary>Web Push, from a like to what a browser decrypts.</summary>
public sealed class PushTests
{
    private static readonly string[] Settings = ["Push:AllowAnyEndpoint=true", "Push:Subject=mailto:push@example.org", "Push:Pause=00:00:00"];

    [Fact]
    public async Task What_is_new_or_grew_is_pushed_encrypted_and_signed()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben, carl) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("carl"));
        var phone = await SubscribeAsync(service, anna, "phone");
        var post = await host.PostAsync(anna, "Look");

        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();
        await host.DoAsync(carl, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();
        await host.PostAsync(ben, "I see", post);
        await host.SettleAsync();

        Assert.True(service.Wrong.IsEmpty, service.Wrong.FirstOrDefault());
        Assert.Equal([("like", 1), ("like", 2), ("reply", 1)], phone.Got.Select(Told));
        var listed = await anna.ItemsAsync("notifications");
        var (likes, reply) = (phone.Got.ElementAt(1), phone.Got.ElementAt(2));
        Assert.Equal(listed.Select(item => item.GetProperty("id").GetString()), new[] { reply, likes }.Select(pushed => pushed.Data.GetProperty("id").GetString()));
        Assert.Equal(phone.Got.First().Topic, likes.Topic);
        Assert.NotEqual(reply.Topic, likes.Topic);
        Assert.Matches("^[A-Za-z0-9_-]{1,32}$", reply.Topic);
        Assert.Equal(("low", "normal", 24 * 60 * 60), (likes.Urgency, reply.Urgency, reply.TimeToLive));
        Assert.Equal(["id", "kind", "count"], reply.Data.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Only_what_is_wanted_and_seen_is_pushed()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben, carl, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("carl"), await host.SignUpAsync("dora"));
        var post = await host.PostAsync(anna, "Look");
        var (phone, laptop) = (await SubscribeAsync(service, anna, "phone"), await SubscribeAsync(service, anna, "laptop", "reply", "mention"));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/mute");
        await host.DoAsync(anna, HttpMethod.Put, "profiles/carl/block");
        await DoAsync(anna, HttpMethod.Post, "me/filters", new { phrase = "spoiler", action = "hide" });
        await host.SettleAsync();

        await host.PostAsync(ben, "@anna muted");
        await host.PostAsync(carl, "@anna blocked");
        await host.PostAsync(dora, "@anna a spoiler");
        await host.SettleAsync();
        Assert.Empty(phone.Got);

        await host.DoAsync(dora, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();
        Assert.Equal([("like", 1)], phone.Got.Select(Told));
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();
        Assert.Single(phone.Got);

        await DoAsync(anna, HttpMethod.Put, "me/notifications/policy", new { notFollowing = "filter", newAccounts = "accept" });
        await host.PostAsync(dora, "@anna do you know me?");
        await host.SettleAsync();
        Assert.Single(phone.Got);

        await DoAsync(anna, HttpMethod.Put, "me/notifications/policy", new { notFollowing = "accept", newAccounts = "accept" });
        await host.PostAsync(dora, "@anna and now?");
        await host.SettleAsync();
        Assert.Equal([("like", 1), ("mention", 1)], phone.Got.Select(Told));
        Assert.Equal([("mention", 1)], laptop.Got.Select(Told));
        Assert.True(service.Wrong.IsEmpty, service.Wrong.FirstOrDefault());
    }

    [Fact]
    public async Task What_was_read_and_what_was_there_before_is_not_pushed()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben, carl) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("carl"));
        var post = await host.PostAsync(anna, "Look");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        await host.DoAsync(carl, HttpMethod.Put, $"posts/{post}/like");
        await host.SettleAsync();

        // The group shrinks and so changes, and is no news.
        var phone = await SubscribeAsync(service, anna, "phone");
        await host.DoAsync(carl, HttpMethod.Delete, $"posts/{post}/like");
        await host.SettleAsync();
        Assert.Equal(0, phone.Calls);

        phone.Answers.Enqueue(new(503, "1"));
        await DoAsync(carl, HttpMethod.Put, "profiles/anna/follow");
        await Eventually.HoldsAsync(() => phone.Calls == 1);
        await DoAsync(anna, HttpMethod.Post, "notifications/read");
        await host.SettleAsync();
        Assert.Equal(1, phone.Calls);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-10, true)]
    public void A_group_that_grew_by_somebody_who_is_not_seen_is_as_old_as_what_is_seen_of_it(int minutes, bool isPushed)
    {
        var now = DateTimeOffset.UtcNow;
        var told = new NotificationDocument { Id = "group", OwnerId = "anna", Kind = NotificationKind.Like, CreatedAt = now };
        var seen = NotificationDocument.IdOf(Ids.New(now.AddMinutes(minutes)), NotificationKind.Like);
        var subscriptions = PushSubscriptionsDocument.For("anna").With(new("phone", "https://push.example.org/a", "key", "auth", null, now.AddMinutes(-30)));

        Assert.Equal(isPushed, PushRules.Pending(told, seen, subscriptions, null, null, now).Count == 1);
        Assert.Empty(PushRules.Pending(told, seen, subscriptions, null, null, now + PushRules.News));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_subscription_that_is_gone_is_removed(int status)
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (phone, laptop) = (await SubscribeAsync(service, anna, "phone"), await SubscribeAsync(service, anna, "laptop"));
        phone.Answers.Enqueue(new(status));

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();

        Assert.Equal((1, 1), (phone.Calls, laptop.Calls));
        Assert.Equal([laptop.Endpoint], (await anna.GetAsync("me/push")).GetProperty("subscriptions").EnumerateArray().Select(one => one.GetProperty("endpoint").GetString()));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task What_a_service_cannot_take_now_comes_again_to_it_alone(int status)
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (phone, laptop) = (await SubscribeAsync(service, anna, "phone"), await SubscribeAsync(service, anna, "laptop"));
        phone.Answers.Enqueue(new(status, "1"));
        phone.Answers.Enqueue(new(status));

        var began = DateTimeOffset.UtcNow;
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();

        Assert.True(DateTimeOffset.UtcNow - began > TimeSpan.FromSeconds(0.9), "Retry-After was not waited for.");
        Assert.Equal((3, 1), (phone.Calls, laptop.Calls));
        Assert.Equal([("follow", 1)], phone.Got.Select(Told));
        Assert.Equal([("follow", 1)], laptop.Got.Select(Told));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(302)]
    public async Task What_a_service_will_not_have_is_dropped(int status)
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var phone = await SubscribeAsync(service, anna, "phone");
        phone.Answers.Enqueue(new(status));

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();
        Assert.Equal((1, 0), (phone.Calls, phone.Got.Count));
        Assert.NotNull((await StoredAsync(host, anna)).Single().FailingSince);

        await host.PostAsync(ben, "@anna hello");
        await host.SettleAsync();
        Assert.Equal([("mention", 1)], phone.Got.Select(Told));
        Assert.Null((await StoredAsync(host, anna)).Single().FailingSince);
    }

    [Fact]
    public async Task What_never_gets_through_is_given_up_and_its_subscription_in_the_end()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync([.. Settings, "Retries:Tries=3"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var phone = await SubscribeAsync(service, anna, "phone");
        Enumerable.Repeat(new PushServiceAnswer(503), 6).ToList().ForEach(phone.Answers.Enqueue);

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();
        Assert.Equal(3, phone.Calls);
        Assert.NotNull((await StoredAsync(host, anna)).Single().FailingSince);

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.UpdateAsync<PushSubscriptionsDocument>(
            anna.Id,
            PushSubscriptionsDocument.SubscriptionsId,
            found => found.With(found.Subscriptions.Single() with { FailingSince = DateTimeOffset.UtcNow - PushRules.Patience - TimeSpan.FromMinutes(1) }),
            CancellationToken.None);
        await host.PostAsync(ben, "@anna hello");
        await host.SettleAsync();
        Assert.Empty(await StoredAsync(host, anna));
        Assert.Empty(phone.Got);
    }

    [Fact]
    public async Task A_message_that_comes_twice_pushes_once_and_one_after_a_crash_under_the_same_id()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var phone = await SubscribeAsync(service, anna, "phone");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();
        Assert.Equal(1, phone.Calls);

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var told = (await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(anna.Id, 1), CancellationToken.None)).Items.Single();
        await SendAgainAsync(1);
        Assert.Equal(1, phone.Calls);

        // Died between sending and writing down: the browser is told once more, of the same thing.
        await documents.DeleteManyAsync([PushedDocument.KeyOf(told)], CancellationToken.None);
        await SendAgainAsync(2);
        Assert.Equal(2, phone.Got.Count);
        Assert.Single(phone.Got.Select(pushed => (pushed.Topic, pushed.Data.GetProperty("id").GetString())).Distinct());

        async Task SendAgainAsync(int attempt)
        {
            var queue = host.Services.GetRequiredService<IWorkQueue>();
            await queue.SendAsync(
                [new WorkItem(SendPush.Queue, $"again-{attempt}", new WorkMessage(anna.Id, told.Id, told.Revision) { Attempt = attempt })], CancellationToken.None);
            await host.SettleAsync();
        }
    }

    [Fact]
    public async Task What_grows_fast_is_pushed_once_in_a_while()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync([.. Settings[..2], "Push:Pause=00:00:02"]);
        var anna = await host.SignUpAsync("anna");
        var phone = await SubscribeAsync(service, anna, "phone");
        var post = await host.PostAsync(anna, "Look");
        var fans = new List<TestUser>();
        for (var i = 0; i < 6; i++)
        {
            fans.Add(await host.SignUpAsync($"fan{i}"));
        }

        await DoAsync(fans[0], HttpMethod.Put, $"posts/{post}/like");
        await Eventually.HoldsAsync(() => phone.Got.Count == 1);
        foreach (var fan in fans[1..])
        {
            await DoAsync(fan, HttpMethod.Put, $"posts/{post}/like");
        }

        await host.SettleAsync();
        Assert.InRange(phone.Got.Count, 2, 3);
        Assert.Equal(("like", 6), Told(phone.Got.Last()));
    }

    [Fact]
    public async Task Subscriptions_are_their_owners_and_at_most_ten()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(Settings);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var key = (await anna.GetAsync("me/push")).GetProperty("publicKey").GetString()!;
        Assert.Equal(key, (await ben.GetAsync("me/push")).GetProperty("publicKey").GetString());
        var phone = await SubscribeAsync(service, anna, "phone", "like");
        var id = (await anna.GetAsync("me/push")).GetProperty("subscriptions")[0].GetProperty("id").GetString();

        Assert.Empty((await ben.GetAsync("me/push")).GetProperty("subscriptions").EnumerateArray());
        using (var stranger = await ben.Client.DeleteAsync($"me/push/{id}"))
        {
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), (stranger.StatusCode, await stranger.ProblemAsync()));
        }

        // The same endpoint again replaces, and stays one.
        using (var again = await anna.Client.PostAsJsonAsync("me/push", phone.Subscription("reply", "mention", "reply")))
        {
            Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        }

        var one = Assert.Single((await anna.GetAsync("me/push")).GetProperty("subscriptions").EnumerateArray());
        Assert.Equal((id, "reply,mention"), (one.GetProperty("id").GetString(), string.Join(',', one.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()))));
        for (var i = 1; i < 10; i++)
        {
            await SubscribeAsync(service, anna, $"device{i}");
        }

        using (var beyond = await anna.Client.PostAsJsonAsync("me/push", service.Browse("beyond", key).Subscription()))
        {
            Assert.Equal((HttpStatusCode.Conflict, "too-many-push-subscriptions"), (beyond.StatusCode, await beyond.ProblemAsync()));
        }

        using (var deleted = await anna.Client.DeleteAsync($"me/push/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        await SubscribeAsync(service, anna, "beyond");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.SettleAsync();
        Assert.Equal(0, phone.Calls);
    }

    [Fact]
    public async Task The_keys_outlast_a_restart_and_are_no_others_after_a_race()
    {
        var data = Directory.CreateTempSubdirectory("push-keys").FullName;
        string? key;
        await using (var host = await TestHost.StartAsync(Settings, dataDirectory: data))
        {
            var documents = host.Services.GetRequiredService<IDocumentStore>();
            var pairs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new VapidKeys(documents).GetAsync(CancellationToken.None).AsTask())));
            key = pairs.Distinct().Single().PublicKey;
            Assert.DoesNotContain(pairs[0].PrivateKey, pairs[0].ToString(), StringComparison.Ordinal);
        }

        await using (var host = await TestHost.StartAsync(Settings, dataDirectory: data))
        {
            Assert.Equal(key, (await (await host.SignUpAsync("anna")).GetAsync("me/push")).GetProperty("publicKey").GetString());
        }

        Directory.Delete(data, recursive: true);
    }

    private static (string? Kind, int Count) Told(Pushed pushed) => (pushed.Data.GetProperty("kind").GetString(), pushed.Data.GetProperty("count").GetInt32());

    private static async Task<IReadOnlyList<StoredPushSubscription>> StoredAsync(TestHost host, TestUser who) =>
        (await host.Services.GetRequiredService<IDocumentStore>()
            .FindAsync<PushSubscriptionsDocument>(who.Id, PushSubscriptionsDocument.SubscriptionsId, CancellationToken.None))!.Subscriptions;

    private static async Task<Browser> SubscribeAsync(PushServiceStandIn service, TestUser who, string name, params string[] kinds)
    {
        var browser = service.Browse(name, (await who.GetAsync("me/push")).GetProperty("publicKey").GetString()!);
        using var response = await who.Client.PostAsJsonAsync("me/push", browser.Subscription(kinds));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return browser;
    }

    private static async Task DoAsync(TestUser who, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await who.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
