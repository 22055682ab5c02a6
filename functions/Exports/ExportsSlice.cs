namespace ServerlessSocial.Exports;

/// <summary>Registers what taking one's data along stands on.</summary>
public static class ExportsSlice
{
    /// <summary>Adds the slice, and every part of an archive.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        foreach (var part in typeof(ExportsSlice).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IExportPart))))
        {
            services.AddSingleton(typeof(IExportPart), part);
        }

        return services.AddSingleton<ExportTurns>().AddSingleton<ExportArchive>();
    }
}
