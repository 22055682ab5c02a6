using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Posts;

public sealed class PostNotificationTests
{
    [Fact]
    public async Task Who_is_answered_mentioned_or_quoted_is_told_once_and_it_is_taken_back_with_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        var root = await anna.PostAsync("Who knows a good way up the hill?");
        var quoted = await cleo.PostAsync("The way by the mill is closed");
        await host.SettleAsync();

        var reply = await ben.PostAsync(new { text = "@anna ask @cleo", replyTo = root.Id(), quote = quoted.Id() });
        await host.SettleAsync();

        Assert.Equal([(NotificationKind.Reply, ben.Id, reply.Id())], await NotificationsAsync(host, anna));
        Assert.Equal([(NotificationKind.Quote, ben.Id, reply.Id())], await NotificationsAsync(host, cleo));

        await ben.DeleteAsync($"posts/{reply.Id()}");
        await host.SettleAsync();
        Assert.Empty(await NotificationsAsync(host, anna));
        Assert.Empty(await NotificationsAsync(host, cleo));
    }

    [Fact]
    public async Task Likes_tell_the_author_unless_muted_and_never_twice()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        var post = await anna.PostAsync("The garden gate is painted");
        await anna.PutAsync("profiles/cleo/mute");
        await host.SettleAsync();

        foreach (var user in new[] { anna, ben, cleo })
        {
            await user.PutAsync($"posts/{post.Id()}/like");
        }

        await host.SettleAsync();
        Assert.Equal([(NotificationKind.Like, ben.Id, post.Id())], await NotificationsAsync(host, anna));

        await ben.DeleteAsync($"posts/{post.Id()}/like");
        await ben.PutAsync($"posts/{post.Id()}/like");
        await host.SettleAsync();
        Assert.Equal([(NotificationKind.Like, ben.Id, post.Id())], await NotificationsAsync(host, anna));

        await ben.DeleteAsync($"posts/{post.Id()}/like");
        await host.SettleAsync();
        Assert.Empty(await NotificationsAsync(host, anna));
    }

    [Fact]
    public async Task Those_who_may_not_see_a_post_or_mute_its_author_are_not_told_of_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        await ben.PutAsync("profiles/anna/follow");
        await cleo.PutAsync("profiles/anna/follow");
        await cleo.PutAsync("profiles/anna/mute");
        var dora = await host.SignUpAsync("dora");
        await host.SettleAsync();

        await anna.PostAsync(new { text = "@ben @cleo @dora among friends", visibility = "followers" });
        await host.SettleAsync();

        Assert.Contains(await NotificationsAsync(host, ben), entry => entry.Kind == NotificationKind.Mention);
        Assert.DoesNotContain(await NotificationsAsync(host, cleo), entry => entry.Kind == NotificationKind.Mention);
        Assert.DoesNotContain(await NotificationsAsync(host, dora), entry => entry.Kind == NotificationKind.Mention);
    }

    private static async Task<List<(NotificationKind Kind, string? ActorId, string? PostId)>> NotificationsAsync(TestHost host, TestUser user)
    {
        var page = await host.Services.GetRequiredService<IDocumentStore>().QueryAsync<NotificationDocument>(
            NotificationDocument.NewestFirst(user.Id, 100), CancellationToken.None);
        return [.. page.Items.Select(item => (item.Kind, item.ActorId, item.PostId))];
    }
}
