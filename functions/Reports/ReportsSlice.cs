namespace ServerlessSocial.Reports;

/// <summary>What the slice's functions stand on.</summary>
public static class ReportsSlice
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<ReportAnswers>();
}
