using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Images;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Tests.Media;

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
            Id = Ids.New(now), OwnerId = Ids.New(now), Prompt = "A tree", Width = 1024, Height = 1024, CreatedAt = now, WorkSince = now,
        };

        await studio.MakeAsync(job, default);
        var first = await host.StoredMediaAsync(job.MediaId);
        await studio.MakeAsync(job, default);
        await host.Documents().DeleteAsync<MediaDocument>(job.OwnerId, job.MediaId, default);
        await studio.MakeAsync(job, default);
        var last = await host.StoredMediaAsync(job.MediaId);

        Assert.Equal(1, model.Calls);
        Assert.Equal(first! with { ETag = null }, last! with { ETag = null });
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
