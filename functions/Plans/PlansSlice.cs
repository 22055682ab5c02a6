namespace ServerlessSocial.Plans;

/// <summary>What the slice is made of besides its functions.</summary>
public static class PlansSlice
{
    /// <summary>What Azure leaves in a setting whose secret it could not read.</summary>
    private const string UnreadSecret = "@Microsoft.KeyVault(";

    /// <summary>Adds plans and credits.</summary>
    public static IServiceCollection AddPlans(this IServiceCollection services)
    {
        services.AddOptions<PlanOptions>().BindConfiguration(PlanOptions.Section)
            .Validate(options => options.IsValid, "Plans: a setting is out of its range; see PlanOptions.")
            .Validate(
                options => options.WebhookSecret.Length == 0 || IsUnread(options) || WebhookSignature.KeyOf(options.WebhookSecret) is not null,
                "Plans:WebhookSecret must be whsec_ and 24 to 64 bytes in base64.")
            .ValidateOnStart();
        return services.AddSingleton<CreditTurns>().AddSingleton<Credits>().AddSingleton<PlanKeeper>();
    }

    /// <summary>Whether there is a secret that could not be read: then nothing signed with it is taken, and everything else goes on.</summary>
    internal static bool IsUnread(PlanOptions options) => options.WebhookSecret.StartsWith(UnreadSecret, StringComparison.Ordinal);
}
