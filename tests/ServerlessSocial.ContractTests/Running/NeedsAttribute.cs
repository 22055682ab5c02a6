using System.Reflection;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.Running;

/// <summary>Something a suite needs and may not find: then its tests are reported as not run, with the reason.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Whether this is a pipeline, where what can be installed must be there: a suite that lacks it fails instead.</summary>
    public static bool IsPipeline { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a test is not run here; null when it is.</summary>
    public abstract string? Lacking(string test);

    /// <summary>Why a test of a suite is not run here; null when it is.</summary>
    public static string? Lacking(ITestMethod test) =>
        test.TestClass.Class is IReflectionTypeInfo suite
            ? suite.Type.GetCustomAttributes<NeedsAttribute>().Select(need => need.Lacking(test.Method.Name)).FirstOrDefault(reason => reason is not null)
            : null;
}

/// <summary>Needs Node.js with npm, which runs servers that others wrote.</summary>
public sealed class NeedsNodeAttribute : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Lacking(string test) => IsPipeline || NodeServer.IsInstalled ? null : NodeServer.Missing;
}
