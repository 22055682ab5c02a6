using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Media;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Images;

/// <summary>What to draw.</summary>
/// <param name="Prompt">Description of the picture, 1 to 2,000 characters.</param>
/// <param name="Style">In which manner; left out, the model decides.</param>
/// <param name="Size">Width and height in pixels: <c>1024x1024</c> (the default), <c>1024x1536</c> or <c>1536x1024</c>.</param>
/// <param name="Alt">What the picture shows, for those who do not see it: at most 1,500 characters. It may be changed until the picture is posted, and later with the post.</param>
[Example("""{ "prompt": "a lighthouse by the sea at night", "style": "watercolor", "size": "1024x1024", "alt": "A lighthouse throws its light over a dark sea." }""")]
public sealed record NewImage(
    [property: Required, MaxGraphemes(RequestImage.MaxPrompt)] string? Prompt = null,
    ImageStyle? Style = null,
    string? Size = null,
    [property: MaxGraphemes(AltText.MaxLength)] string? Alt = null);

/// <summary>Takes a request for a picture; a worker makes it.</summary>
public sealed class RequestImage(
    IDocumentStore documents, Credits credits, SpendCeiling ceiling, ModelBudget budget, RateLimiter limits, Idempotency idempotency, ImageJobReader reader,
    TimeProvider time, IImageModel? model = null, ITextClassifier? classifier = null)
{
    /// <summary>Longest prompt in grapheme clusters.</summary>
    public const int MaxPrompt = 2_000;

    private const string DefaultSize = "1024x1024";

    private static readonly Dictionary<string, (int Width, int Height)> Sizes = new(StringComparer.Ordinal)
    {
        [DefaultSize] = (1024, 1024),
        ["1024x1536"] = (1024, 1536),
        ["1536x1024"] = (1536, 1024),
    };

    /// <summary>Ask for a picture to be made by AI; poll the Location for it.</summary>
    /// <remarks>
    /// The description is moderated first. The picture is yours alone until you post it, and is always labelled as made by a model. A notification
    /// tells when it is there. It costs credits (<c>GET /me/credits</c> says how many), which are held while it is made; one that fails or is refused costs nothing.
    /// The tokens that models take for you per day are limited, too, the checks of your posts included.
    /// </remarks>
    [Function(nameof(RequestImage))]
    [Access(Access.Profile)]
    [Limit(Bucket.ModelCalls, WhenCarriedOut = true)]
    [RequestBody(typeof(NewImage))]
    [Idempotent]
    [Answers(ErrorKind.Unavailable)]
    [ResponseHeader("Retry-After", "Seconds to wait before asking how far it is.")]
    [ResponseHeader(CreditsField.Name, CreditsField.Description)]
    public async Task<Results<Accepted<ImageJob>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "images")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (NotConfigured() is { } unavailable)
        {
            return unavailable;
        }

        var (request, unreadable) = await http.ReadJsonAsync<NewImage>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var prompt = TextLength.Normalize(request.Prompt ?? string.Empty);
        var invalid = new Validation()
            .Note("prompt", TextLength.Problem(prompt, MaxPrompt))
            .Note("alt", TextLength.Problem(TextLength.Normalize(request.Alt ?? string.Empty), AltText.MaxLength, required: false))
            .Require(request.Size is null || Sizes.ContainsKey(request.Size), "size", $"One of {string.Join(", ", Sizes.Keys)}.")
            .Error;
        if (invalid is not null)
        {
            return invalid;
        }

        var me = http.Me();
        var (job, error) = await idempotency.OnceAsync<ImageJob>(
            http,
            http.Caller()!,
            request,
            id => CreateAsync(http, id, me, prompt, request, cancellationToken),
            id => ReadAsync(id, me, cancellationToken),
            cancellationToken);
        if (error is not null)
        {
            return error;
        }

        http.HttpContext.Response.Headers.RetryAfter = GetImage.PollSeconds;
        return TypedResults.Accepted($"/api/images/{job!.Id}", job);
    }

    /// <summary>Without a classifier nothing is drawn either: no description goes to a model unexamined.</summary>
    private ModelNotConfigured? NotConfigured() => (model, classifier) switch
    {
        (null, _) => new ModelNotConfigured("Image generation", "OpenAI:ImageModel"),
        (_, null) => new ModelNotConfigured("Image generation", "OpenAI:ChatModel, which examines descriptions,"),
        _ => null,
    };

    private async Task<Outcome<ImageJob>> ReadAsync(string id, string ownerId, CancellationToken cancellationToken) =>
        await documents.FindAsync<ImageJobDocument>(ownerId, id, cancellationToken) is { } job
            ? (await reader.ShapeAsync([job], cancellationToken))[0]
            : new Missing("image");

    private async Task<Outcome<ImageJob>> CreateAsync(HttpRequest http, string id, string ownerId, string prompt, NewImage request, CancellationToken cancellationToken)
    {
        if (await ceiling.ReachedAsync(cancellationToken) is { } spent)
        {
            return spent;
        }

        if (classifier is { IsMetered: true } && await budget.ExceededAsync(ownerId, cancellationToken) is { } usedUp)
        {
            return usedUp;
        }

        var now = time.GetUtcNow();
        if (await limits.ChargeAsync(http, Bucket.ModelCalls) is { } limited)
        {
            return limited;
        }

        if (await HoldAsync(http, ownerId, id, now, cancellationToken) is { } tooDear)
        {
            return tooDear;
        }

        var (width, height) = Sizes[request.Size ?? DefaultSize];
        var job = new ImageJobDocument
        {
            Id = id,
            OwnerId = ownerId,
            Prompt = prompt,
            Alt = AltText.Check(request.Alt, "alt").Alt,
            Style = request.Style,
            Width = width,
            Height = height,
            CreatedAt = Ids.TimeOf(id),
            WorkSince = now,
            TraceParent = Activity.Current?.Id,
        };

        // A conflict is this very job, created before by a request that did not live to answer.
        (await documents.CreateAsync(job, cancellationToken)).NotThrottled();
        return ImageJobReader.Shape(job, null, null, now);
    }

    /// <summary>Holds the picture's price: whoever dies before there is a job leaves it to be free again by itself.</summary>
    private async Task<Error?> HoldAsync(HttpRequest http, string ownerId, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (held, error) = await credits.ReserveAsync(ownerId, id, CallKind.Image, cancellationToken);
        if (held is not null)
        {
            CreditsField.Add(http.HttpContext.Response, held, now);
        }
        else if (error is CreditsUsedUp usedUp)
        {
            CreditsField.Add(http.HttpContext.Response, usedUp);
        }

        return error;
    }
}
