using Microsoft.Extensions.Options;
using ServerlessSocial.Media;

namespace ServerlessSocial.Tests.Media;

public sealed class UploadTurnsTests
{
    [Fact]
    public async Task TakeAsync_SameAccount_WaitsForTheOneBefore()
    {
        using var turns = new UploadTurns(Options.Create(new UploadOptions()));
        var (first, _) = await turns.TakeAsync("anna", default);
        var second = turns.TakeAsync("anna", default);
        var third = turns.TakeAsync("anna", default);

        Assert.False(second.IsCompleted);
        first!.Dispose();
        using ((await second).Value)
        {
            Assert.False(third.IsCompleted);
        }

        Assert.NotNull((await third).Value);
    }

    [Fact]
    public async Task TakeAsync_GivenUpWhileWaiting_LeavesItsPlaceToTheNext()
    {
        using var turns = new UploadTurns(Options.Create(new UploadOptions()));
        using var gone = new CancellationTokenSource();
        var (first, _) = await turns.TakeAsync("anna", default);
        var second = turns.TakeAsync("anna", gone.Token);
        var third = turns.TakeAsync("anna", default);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first!.Dispose();
        Assert.NotNull((await third).Value);
    }

    [Fact]
    public async Task Dispose_Twice_GivesOneTurnBack()
    {
        using var turns = new UploadTurns(Options.Create(new UploadOptions()));
        var (first, _) = await turns.TakeAsync("anna", default);
        var second = turns.TakeAsync("anna", default);
        first!.Dispose();
        first.Dispose();

        using ((await second).Value)
        {
            Assert.False(turns.TakeAsync("anna", default).IsCompleted);
        }
    }
}
