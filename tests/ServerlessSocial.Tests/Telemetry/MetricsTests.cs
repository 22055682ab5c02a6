using ServerlessSocial.Platform.Telemetry;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class MetricsTests
{
    /// <summary>Every label there is: a new one must be as harmless as these.</summary>
    private static readonly HashSet<string> Labels =
        ["kind", "visibility", "status", "by", "queue", "of", "model", "operation", "outcome", "purpose", "direction", "container", "function"];

    [Fact]
    public async Task Posts_images_and_boosts_are_measured_on_their_way()
    {
        using var recording = new Recording();
        await using var endpoint = await ModelEndpoint.StartAsync();
        await using var host = await TestHost.StartAsync(endpoint.Settings);
        var (anna, berta, carla) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("carla"));
        await berta.Client.ReadAsync("feed");
        await carla.Client.ReadAsync("feed");
        await berta.PutAsync("profiles/anna/follow");
        await carla.PutAsync("profiles/berta/follow");
        await host.SettleAsync();

        var post = await anna.PostAsync("Hello");
        await host.SettleAsync();
        await berta.PostAsync(new { text = "Hello yourself", replyTo = post.Id() });
        await berta.PutAsync($"posts/{post.Id()}/boost");
        await ImageTests.AskAsync(anna, "A tree");
        await host.SettleAsync();

        AssertSum(1, "posts.written", ("kind", "post"), ("visibility", "public"));
        AssertSum(1, "posts.written", ("kind", "reply"));

        // Two posts, three profiles and a picture.
        AssertSum(6, "moderation.decisions", ("status", "Approved"), ("by", "Automatic"));
        Assert.Equal(2, Of("posts.visible_lag").Count);
        foreach (var queue in (string[])["moderation", "post-projections", "reactions", "image-generation"])
        {
            Assert.Contains(Of("queue.age"), measured => Equals(measured.Labels["queue"], queue));
        }

        Assert.All(Of("queue.age").Concat(Of("posts.visible_lag")), measured => Assert.InRange(measured.Value, 0, 60));
        foreach (var carried in (string[])["post", "boost"])
        {
            // A repeated message writes an entry again.
            Assert.Contains(Of("feeds.entries"), measured => Equals(measured.Labels["of"], carried) && measured.Value == 1);
        }

        AssertSum(1, "images.finished", ("outcome", "done"));

        // Two posts, three profiles and a description to judge; one picture to draw.
        AssertSum(6, "model.calls", ("model", "stand-in"), ("operation", "chat"), ("outcome", "done"));
        AssertSum(1, "model.calls", ("model", "sample-image-1"), ("operation", "image"));
        AssertSum(6_000, "model.tokens", ("model", "stand-in"), ("direction", "input"));
        AssertSum(600, "model.tokens", ("model", "stand-in"), ("direction", "output"));
        AssertSum(0.018, "model.cost", ("model", "stand-in"));

        Assert.All(recording.Measurements, measured => Assert.Subset(Labels, measured.Labels.Keys.ToHashSet()));

        List<Measurement> Of(string name) => [.. recording.Measurements.Where(measured => measured.Name == $"serverless_social.{name}")];

        void AssertSum(double expected, string name, params (string Label, string Value)[] labels) => Assert.Equal(
            expected,
            Of(name).Where(measured => labels.All(label => Equals(measured.Labels.GetValueOrDefault(label.Label), label.Value))).Sum(measured => measured.Value),
            precision: 6);
    }

    [Fact]
    public void Request_charges_are_summed_per_request_and_counted_apart()
    {
        // SQLite charges nothing; the contract suite of the Cosmos DB adapter is where charges come from.
        using var recording = new Recording();
        using (RequestCharge.Measure("GetFeed"))
        {
            RequestCharge.Add("feeds", "query", 2.5);
            RequestCharge.Add("posts", "readMany", 3);
        }

        RequestCharge.Add("posts", "read", 1);

        Assert.Equal(6.5, Sum("serverless_social.documents.request_charge"));
        Assert.Equal(5.5, Sum("serverless_social.http.request_charge"));

        double Sum(string name) => recording.Measurements.Where(measured => measured.Name == name).Sum(measured => measured.Value);
    }
}
