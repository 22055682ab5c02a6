using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Ai.Offline;

namespace ServerlessSocial.Moderation;

/// <summary>Registers what moderation needs.</summary>
public static class ModerationSlice
{
    /// <summary>Adds the policy's settings, and the offline classifier unless the host brought a better one.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModerationOptions>, ModerationOptionsCheck>();
        services.TryAddSingleton<ITextClassifier, OfflineTextClassifier>();
        return services;
    }

    private sealed class ModerationOptionsCheck : IValidateOptions<ModerationOptions>
    {
        public ValidateOptionsResult Validate(string? name, ModerationOptions options) =>
            options.Validate() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
