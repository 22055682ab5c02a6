using Microsoft.Extensions.Options;

namespace ServerlessSocial.Moderation;

/// <summary>Registers what moderation needs.</summary>
public static class ModerationSlice
{
    /// <summary>Adds the policy's settings. The classifier is the host's to add; without one, posts are held for a person.</summary>
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModerationOptions>, ModerationOptionsCheck>();
        return services
            .AddSingleton<CaseErasure>()
            .AddSingleton<TextCheck>()
            .AddSingleton<UnfinishedChecks>()
            .AddSingleton<DecisionRecords>()
            .AddSingleton<DecisionList>()
            .AddSingleton<RemovedPictures>()
            .AddSingleton<AuditLog>()
            .AddSingleton<CaseAccess>()
            .AddSingleton<Statements>()
            .AddSingleton<ISubject, PostSubject>()
            .AddSingleton<ISubject, ProfileSubject>()
            .AddSingleton<ISubject, MediaSubject>()
            .AddSingleton<ISubject, AccountSubject>()
            .AddSingleton<Subjects>()
            .AddSingleton<CaseDesk>();
    }

    private sealed class ModerationOptionsCheck : IValidateOptions<ModerationOptions>
    {
        public ValidateOptionsResult Validate(string? name, ModerationOptions options) =>
            options.Validate() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
