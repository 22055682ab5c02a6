using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Media;

/// <summary>What many uploads at once do to each other. The store keeps them under way as long as a test wants.</summary>
public sealed class ManyUploadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Uploads_of_one_account_take_turns_and_do_not_keep_others_out()
    {
        var store = new SlowStore();
        await using var host = await TestHost.StartAsync(configure: store.Wrap);
        var anna = await host.SignUpAsync("anna");
        var bob = await host.SignUpAsync("bob");

        Upload[] uploads = [.. Enumerable.Range(0, 9).Select(_ => new Upload(anna))];
        var refused = await await Task.WhenAny(uploads.Select(upload => upload.Answer)).WaitAsync(Patience);
        await store.ReachedAsync(1);
        var other = new Upload(bob);
        await store.ReachedAsync(2);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("too-many-uploads", await refused.ProblemAsync());
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Single(uploads, upload => upload.IsBodyAsked);
        store.GoOn();
        Assert.Equal(HttpStatusCode.Created, (await other.Answer).StatusCode);
        var answers = await Task.WhenAll(uploads.Select(upload => upload.Answer));
        Assert.Equal(8, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
    }

    [Fact]
    public async Task A_process_takes_so_many_uploads_at_once_and_refuses_others_before_their_bodies_come()
    {
        var store = new SlowStore();
        await using var host = await TestHost.StartAsync(["Uploads:MostAtOnce=3"], store.Wrap);
        Upload[] uploads = [new(await host.SignUpAsync("anna")), new(await host.SignUpAsync("berta")), new(await host.SignUpAsync("clara"))];
        var late = await host.SignUpAsync("late");
        await store.ReachedAsync(3);

        var turnedAway = new Upload(late);
        var refused = await turnedAway.Answer.WaitAsync(Patience);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("uploads-busy", await refused.ProblemAsync());
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.False(turnedAway.IsBodyAsked);
        store.GoOn();
        Assert.All(await Task.WhenAll(uploads.Select(upload => upload.Answer)), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(HttpStatusCode.Created, (await new Upload(late).Answer).StatusCode);
    }

    [Fact]
    public async Task A_large_body_waits_for_room_a_small_one_needs_none()
    {
        var store = new SlowStore();
        await using var host = await TestHost.StartAsync(["Uploads:MostLarge=1", "Uploads:Patience=00:00:00.05"], store.Wrap);
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var large = new Upload(anna, 200_000);
        await store.ReachedAsync(1);

        var refused = await new Upload(berta, 200_000).Answer.WaitAsync(Patience);
        var small = new Upload(berta);
        await store.ReachedAsync(2);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("uploads-busy", await refused.ProblemAsync());
        store.GoOn();
        Assert.Equal(HttpStatusCode.Created, (await large.Answer).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await small.Answer).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await new Upload(berta, 200_000).Answer).StatusCode);
    }

    /// <summary>An upload whose body is sent when the server asks for it (<c>Expect: 100-continue</c>), which it does when it begins to read.</summary>
    private sealed class Upload
    {
        private readonly TaskCompletionSource asked = new();

        public Upload(TestUser user, int padding = 100_000) => Answer = SendAsync(user, padding);

        public Task<HttpResponseMessage> Answer { get; }

        public bool IsBodyAsked => asked.Task.IsCompleted;

        private async Task<HttpResponseMessage> SendAsync(TestUser user, int padding)
        {
            using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(user.Client.BaseAddress!, "media")) { Content = new Body(asked, padding) };
            request.Headers.Authorization = user.Client.DefaultRequestHeaders.Authorization;
            request.Headers.ExpectContinue = true;
            return await client.SendAsync(request);
        }
    }

    private sealed class Body : HttpContent
    {
        private readonly byte[] content;
        private readonly TaskCompletionSource asked;

        /// <param name="asked">Completed when the server asks for the body.</param>
        /// <param name="padding">Bytes behind the picture: more than the 1,024 up to which HttpClient sends a body after a refusal, to keep the connection.</param>
        public Body(TaskCompletionSource asked, int padding)
        {
            this.asked = asked;
            content = [.. SampleImages.Png, .. new byte[padding]];
            Headers.ContentType = new MediaTypeHeaderValue("image/png");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            asked.TrySetResult();
            return stream.WriteAsync(content).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }

    /// <summary>The host's store, which writes when it is told to go on.</summary>
    private sealed class SlowStore : IMediaStore, IDisposable
    {
        private readonly TaskCompletionSource going = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SemaphoreSlim arrivals = new(0);
        private IMediaStore? inner;
        private int reached;

        public void Wrap(WebApplicationBuilder builder)
        {
            var own = builder.Services.Last(service => service.ServiceType == typeof(IMediaStore)).ImplementationFactory!;
            builder.Services.AddSingleton<IMediaStore>(services =>
            {
                inner = (IMediaStore)own(services);
                return this;
            });
        }

        /// <summary>Waits until so many uploads, counted from the beginning, have reached the store.</summary>
        public async Task ReachedAsync(int count)
        {
            for (; reached < count; reached++)
            {
                Assert.True(await arrivals.WaitAsync(Patience), $"Only {reached} of {count} uploads reached the store.");
            }
        }

        public void GoOn() => going.SetResult();

        public void Dispose() => arrivals.Dispose();

        public async ValueTask WriteAsync(string name, Stream content, string contentType, CancellationToken cancellationToken)
        {
            arrivals.Release();
            await going.Task.WaitAsync(cancellationToken);
            await inner!.WriteAsync(name, content, contentType, cancellationToken);
        }

        public ValueTask<StoredBlob?> OpenAsync(string name, CancellationToken cancellationToken) => inner!.OpenAsync(name, cancellationToken);

        public ValueTask<StoredBlob?> OpenLargeAsync(string name, CancellationToken cancellationToken) => inner!.OpenLargeAsync(name, cancellationToken);

        public ValueTask DeleteAsync(string name, CancellationToken cancellationToken) => inner!.DeleteAsync(name, cancellationToken);
    }
}
