using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Images;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Images;

public sealed class GenerateImageTests
{
    [Fact]
    public async Task RunAsync_JobThatIsDone_ChangesNothing()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");
        var id = await ImageTests.AskAsync(anna, "A tree");
        await host.SettleAsync();
        var before = await host.Documents().FindAsync<ImageJobDocument>(anna.Id, id, default);

        await host.Services.GetRequiredService<GenerateImage>().RunAsync(new WorkMessage(anna.Id, id, 1), default);
        await host.Services.GetRequiredService<GenerateImageDeadLetter>().RunAsync(new WorkMessage(anna.Id, id, 1), default);

        Assert.Equal(before, await host.Documents().FindAsync<ImageJobDocument>(anna.Id, id, default));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task RunAsync_WhileAnotherWorkerIsAtIt_DrawsNothing()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var model = new ScriptedModel(async (_, _) =>
        {
            begun.SetResult();
            await go.Task;
            return ScriptedModel.Picture;
        });
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");
        var id = await ImageTests.AskAsync(anna, "A tree");
        await begun.Task;

        await host.Services.GetRequiredService<GenerateImage>().RunAsync(new WorkMessage(anna.Id, id, 1), default);
        await host.Services.GetRequiredService<GenerateImageDeadLetter>().RunAsync(new WorkMessage(anna.Id, id, 1), default);
        go.SetResult();
        await host.SettleAsync();

        Assert.Equal(ImageJobState.Done, (await host.Documents().FindAsync<ImageJobDocument>(anna.Id, id, default))!.State);
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task MakeAsync_AfterACrashAtAnyLine_DrawsOnceAndEndsTheSame()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var studio = host.Services.GetRequiredService<ImageStudio>();
        var now = DateTimeOffset.UtcNow;
        var job = new ImageJobDocument
        {
            Id = Ids.New(now),
            OwnerId = Ids.New(now),
            Prompt = "A tree",
            Width = 1024,
            Height = 1024,
            CreatedAt = now,
            WorkSince = now,
        };

        await studio.MakeAsync(job, default);
        var first = await host.StoredMediaAsync(job.MediaId);
        await studio.MakeAsync(job, default);
        await host.Documents().DeleteAsync<MediaDocument>(job.OwnerId, job.MediaId, default);
        await studio.MakeAsync(job, default);
        var last = await host.StoredMediaAsync(job.MediaId);

        Assert.Equal(1, model.Calls);
        Assert.Equal(JsonSerializer.Serialize(first! with { ETag = null }), JsonSerializer.Serialize(last! with { ETag = null }));
    }

    [Fact]
    public async Task MakeAsync_PictureWithoutAMark_MarksItAsGenerated()
    {
        byte[][] files = [SampleImages.Png, SampleImages.Jpeg, SampleImages.LossyWebp, Drawn.Jpeg(800, 800)];
        foreach (var file in files)
        {
            var model = new ScriptedModel((_, _) => Task.FromResult<GeneratedImage>(new ImageMade(file, "image/png")));
            await using var host = await TestHost.StartAsync(configure: model.Register);
            var now = DateTimeOffset.UtcNow;
            var job = new ImageJobDocument
            {
                Id = Ids.New(now),
                OwnerId = Ids.New(now),
                Prompt = "A tree",
                Width = 1024,
                Height = 1024,
                CreatedAt = now,
                WorkSince = now,
            };

            await host.Services.GetRequiredService<ImageStudio>().MakeAsync(job, default);

            var media = (await host.StoredMediaAsync(job.MediaId))!;
            foreach (var name in media.Thumbnails.Select(thumbnail => MediaFiles.ThumbnailName(media.BlobName, thumbnail.Size)).Append(media.BlobName))
            {
                await using var blob = await host.Services.GetRequiredService<IMediaStore>().OpenAsync(name, default);
                using var stored = new MemoryStream();
                await blob!.Content.CopyToAsync(stored);
                Assert.True(GenerationMark.IsIn(stored.ToArray()), name);
            }
        }
    }

    [Fact]
    public void Next_OnlyWhileQueued_AsksForGeneration()
    {
        var now = DateTimeOffset.UtcNow;
        var job = new ImageJobDocument { Id = Ids.New(now), OwnerId = Ids.New(now), Prompt = "A tree", Width = 1, Height = 1, CreatedAt = now, WorkSince = now };

        Assert.Equal([ImagePipeline.GenerationQueue], ImagePipeline.Next(job));
        foreach (var state in (ImageJobState[])[ImageJobState.Done, ImageJobState.Refused, ImageJobState.Failed])
        {
            Assert.Empty(ImagePipeline.Next(job with { State = state }));
        }
    }
}
