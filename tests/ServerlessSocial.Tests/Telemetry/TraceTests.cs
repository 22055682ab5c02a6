using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Platform.Telemetry;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class TraceTests
{
    [Fact]
    public async Task A_post_is_one_trace_from_its_request_to_the_feeds_linked_to_the_callers_span()
    {
        using var recording = new Recording();
        await using var host = await TestHost.StartAsync(["Feeds:InlineFollowers=0"]);
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await berta.Client.ReadAsync("feed");
        await berta.PutAsync("profiles/anna/follow");
        await host.SettleAsync();

        var caller = await SendAsync(anna, "posts", new { text = "Hello" });
        await host.SettleAsync();
        var spans = recording.LinkedTo(caller);

        var request = RequestIn(spans);
        Assert.Equal(default, request.ParentSpanId);
        Assert.Empty(request.Baggage);
        Assert.Empty(recording.Trace(caller.TraceId));
        Assert.Equal(("POST /api/posts", 201), (request.DisplayName, request.GetTagItem("http.response.status_code")));
        AssertChain(spans, request, "dispatch", "moderation", "classify sample-lexicon-1");
        AssertChain(spans, request, "dispatch", "post-projections", "dispatch", "feed-fanout-buckets");
        Assert.DoesNotContain(spans, span => span.Status == ActivityStatusCode.Error);
    }

    [Fact]
    public async Task Posts_that_are_dispatched_together_keep_their_own_traces()
    {
        using var recording = new Recording();
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var callers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SendAsync(anna, "posts", new { text = $"Hello {i}" })));
        await host.SettleAsync();

        Assert.All(callers, caller =>
        {
            var spans = recording.LinkedTo(caller);
            AssertChain(spans, RequestIn(spans), "dispatch", "post-projections");
        });
    }

    [Fact]
    public async Task An_image_is_one_trace_that_holds_the_call_of_the_model()
    {
        using var recording = new Recording();
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var caller = await SendAsync(anna, "images", new { prompt = "A lighthouse" });
        await host.SettleAsync();
        var spans = recording.LinkedTo(caller);

        AssertChain(spans, RequestIn(spans), "dispatch", "image-generation", "image sample-image-1");
        var call = Assert.Single(spans, span => span.OperationName == "image sample-image-1");
        Assert.Equal(ActivityKind.Client, call.Kind);
        Assert.Equal("sample-image-1", call.GetTagItem("gen_ai.request.model"));
    }

    [Fact]
    public async Task Dead_letters_continue_the_trace_they_come_from()
    {
        using var recording = new Recording();
        await using var host = await TestHost.StartAsync();
        var callers = new List<ActivityContext>();
        foreach (var (function, trigger) in FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Where(entry => entry.Trigger.QueueName.EndsWith("/$deadletterqueue", StringComparison.Ordinal)))
        {
            var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
            var message = new WorkMessage("nobody", "nothing", 1) { TraceParent = $"00-{caller.TraceId}-{caller.SpanId}-01" };

            // Those that must find the document complain that there is none; they are traced all the same.
            await Record.ExceptionAsync(() => FunctionInvocation.InvokeAsync(function, host.Services.GetRequiredService(function.Class), message, default));

            var name = trigger.QueueName.Replace("/$deadletterqueue", " dead letter", StringComparison.Ordinal);
            Assert.Contains(recording.Trace(caller.TraceId), span => span.OperationName == name && span.ParentSpanId == caller.SpanId);
            callers.Add(caller);
        }

        Assert.NotEmpty(callers);
    }

    [Fact]
    public void What_a_stranger_may_have_named_is_linked_to_and_not_continued()
    {
        using var recording = new Recording();
        using var theirs = new Activity("theirs").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
        using (var ours = ServiceTelemetry.Begin("ours", ActivityKind.Server))
        {
            Assert.NotEqual(theirs.TraceId, ours!.TraceId);
            Assert.Equal(default, ours.ParentSpanId);
            Assert.Equal(theirs.Context, Assert.Single(ours.Links).Context);
        }
    }

    private static Activity RequestIn(List<Activity> spans) => Assert.Single(spans, span => span.Source.Name == "Microsoft.AspNetCore");

    /// <summary>Some spans of these names, in this order, hang below each other.</summary>
    private static void AssertChain(List<Activity> spans, Activity root, params string[] names)
    {
        var ends = new List<Activity> { root };
        foreach (var name in names)
        {
            ends = [.. spans.Where(span => span.OperationName == name && ends.Any(end => end.SpanId == span.ParentSpanId))];
            Assert.True(ends.Count > 0, $"No '{name}' in {string.Join(" > ", names)} among {string.Join(", ", spans.Select(span => span.OperationName))}.");
        }
    }

    private static async Task<ActivityContext> SendAsync(TestUser user, string path, object body)
    {
        var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("baggage", "role=moderator");
        request.Headers.Add("traceparent", $"00-{caller.TraceId}-{caller.SpanId}-01");
        using var response = await user.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return caller;
    }
}
