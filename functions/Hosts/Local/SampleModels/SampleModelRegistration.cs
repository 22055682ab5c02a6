using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>Makes the product whole on a machine without any model. They are samples and say so; no deployment contains them.</summary>
internal static class SampleModelRegistration
{
    /// <summary>Adds a sample for each kind of model that was not configured.</summary>
    public static void AddSampleModels(this IServiceCollection services)
    {
        services.TryAddSingleton<ITextClassifier, SampleTextClassifier>();
        services.TryAddSingleton<IImageModel, SampleImageModel>();
    }
}
