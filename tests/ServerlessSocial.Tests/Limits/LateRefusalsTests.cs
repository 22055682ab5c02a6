using Microsoft.Extensions.Options;
using ServerlessSocial.ContractTests;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Tests.Limits;

public sealed class LateRefusalsTests
{
    [Fact]
    public async Task Who_goes_on_although_refused_is_answered_late_and_others_are_not()
    {
        var time = new ManualTime();
        var late = new LateRefusals(Options.Create(new LimitOptions { LateRefusals = 1 }), time);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(late.WaitAsync("script", default).IsCompletedSuccessfully);
        }

        var held = late.WaitAsync("script", default);

        Assert.False(held.IsCompleted);
        Assert.True(late.WaitAsync("somebody else", default).IsCompletedSuccessfully);
        Assert.True(late.WaitAsync("script", default).IsCompletedSuccessfully, "More are held back than may be.");
        time.Advance(TimeSpan.FromMilliseconds(100));
        await held;
    }
}
