using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Tests.Media.Pictures;

public sealed class PictureTurnsTests
{
    private const long Small = PictureLimits.LargePixels;
    private const long Large = PictureLimits.LargePixels + 1;

    [Fact]
    public async Task TakeAsync_SmallPictures_AreWorkedAtTwoByTwo()
    {
        using var turns = new PictureTurns(2);
        using var first = await turns.TakeAsync(Small, default);
        var second = await turns.TakeAsync(Small, default);
        var third = turns.TakeAsync(Small, default);

        Assert.False(third.IsCompleted);
        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task TakeAsync_LargePicture_IsWorkedAtAlone()
    {
        using var turns = new PictureTurns(2);
        var large = await turns.TakeAsync(Large, default);
        var small = turns.TakeAsync(Small, default);
        var another = turns.TakeAsync(Large, default);

        Assert.False(small.IsCompleted);
        large.Dispose();
        using (await small)
        {
            Assert.False(another.IsCompleted);
        }

        (await another).Dispose();
    }

    [Fact]
    public async Task TakeAsync_LargePictureBehindSmallOnes_IsNotOvertaken()
    {
        using var turns = new PictureTurns(2);
        var first = await turns.TakeAsync(Small, default);
        var large = turns.TakeAsync(Large, default);
        var last = turns.TakeAsync(Small, default);

        Assert.False(last.IsCompleted);
        first.Dispose();
        using (await large)
        {
            Assert.False(last.IsCompleted);
        }

        (await last).Dispose();
    }

    [Fact]
    public async Task TakeAsync_GivenUp_LeavesItsTurnsToOthers()
    {
        using var turns = new PictureTurns(2);
        using var gone = new CancellationTokenSource();
        using var first = await turns.TakeAsync(Small, default);
        var large = turns.TakeAsync(Large, gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await turns.TakeAsync(Small, default)).Dispose();
    }
}
