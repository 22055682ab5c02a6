using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessSocial.Accounts;
using ServerlessSocial.Discovery;
using ServerlessSocial.Drafts;
using ServerlessSocial.Exports;
using ServerlessSocial.Feeds;
using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Images;
using ServerlessSocial.Lists;
using ServerlessSocial.Live;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Provenance;
using ServerlessSocial.Push;
using ServerlessSocial.Reports;
using ServerlessSocial.Search;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Hosts;

/// <summary>What the product is made of, whichever host runs it. Adapters of the ports are the host's to add.</summary>
public static class Product
{
    /// <summary>Every queue, found where slices declare them as static properties.</summary>
    public static IReadOnlyList<QueueDefinition> Queues { get; } =
        [.. Declared<QueueDefinition>().OrderBy(queue => queue.Name, StringComparer.Ordinal)];

    /// <summary>Every container, found where documents declare them.</summary>
    public static IReadOnlyList<ContainerDefinition> Containers { get; } =
        [.. Declared<ContainerDefinition>().DistinctBy(container => container.Name).OrderBy(container => container.Name, StringComparer.Ordinal)];

    /// <summary>Adds everything but the adapters.</summary>
    public static IServiceCollection AddProduct(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        foreach (var queue in Queues)
        {
            services.AddSingleton(queue);
        }

        services.AddHttp();
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section);
        services.AddOptions<RecentOptions>()
            .BindConfiguration(RecentOptions.Section)
            .Validate(options => options.IsValid, "Recent: a setting is out of its range; see RecentOptions.")
            .ValidateOnStart();
        services.AddSingleton<RecentDocuments>();
        services.AddSingleton<ServiceKey>();
        services.AddMetering();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<AccessGate>();
        services.AddLimits();
        services.AddPipelines();
        services.AddFeeds();
        services.AddPosts();
        services.AddDrafts();
        services.AddFilters();
        services.AddLists();
        services.AddTags();
        services.AddSearch();
        services.AddDiscovery();
        services.AddModeration();
        services.AddReports();
        services.AddNotifications();
        services.AddPush();
        services.AddLive();
        services.AddProfiles();
        services.AddGraph();
        services.AddMedia();
        services.AddPlans();
        services.AddImages();
        services.AddProvenance();
        services.AddAccounts();
        services.AddExports();
        services.AddHostedService<MissingModels>();
        return services;
    }

    /// <summary>What calls of models may cost, and the ledger of what they did.</summary>
    private static void AddMetering(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>()
            .BindConfiguration(ModelOptions.Section)
            .Validate(options => options.IsValid, "Models: DailyTokens and DailyDollars must be 0 or more.")
            .ValidateOnStart();
        services.AddSingleton<SpendCeiling>();
        services.AddSingleton<ModelLedger>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelLedger>());
        services.AddSingleton<ModelBudget>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelBudget>());
    }

    private static IEnumerable<T> Declared<T>() =>
        typeof(Product).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => property.PropertyType == typeof(T))
            .Select(property => (T)property.GetValue(null)!)
            .Distinct();
}
