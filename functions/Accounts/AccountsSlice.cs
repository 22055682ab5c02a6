using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Accounts;

/// <summary>Registers what deleting accounts and taking one's data along stand on.</summary>
public static class AccountsSlice
{
    /// <summary>Adds the slice, and every step of erasing an account, whichever slice it is in.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<PrivacyOptions>()
            .BindConfiguration(PrivacyOptions.Section)
            .Validate(options => options.IsValid, "Privacy: a setting is out of its range; see PrivacyOptions.")
            .ValidateOnStart();
        foreach (var step in typeof(AccountsSlice).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IErasureStep))))
        {
            services.AddSingleton(typeof(IErasureStep), step);
        }

        return services.AddSingleton<AccountClosing>().AddSingleton<Restraints>();
    }
}
