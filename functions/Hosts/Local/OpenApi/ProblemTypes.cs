using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>A type of problem.</summary>
/// <param name="Code">Its name, the last part of <c>type</c>.</param>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Errors">The records that tell of it.</param>
internal sealed record ProblemType(string Code, int Status, IReadOnlyList<Type> Errors);

/// <summary>Every type of problem there is, read from the errors that slices declare, so that no list of them can fall behind.</summary>
internal static class ProblemTypes
{
    /// <summary>What is answered where the service itself failed; no record, because nobody expects it.</summary>
    public const string Internal = "internal";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
        [.. typeof(Error).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Error)))
            .Select(type => (Type: type, Error: SampleOf(type)))
            .GroupBy(entry => entry.Error.Code, StringComparer.Ordinal)
            .Select(group => new ProblemType(group.Key, group.First().Error.StatusCode!.Value, [.. group.Select(entry => entry.Type).OrderBy(type => type.Name, StringComparer.Ordinal)]))
            .Append(new ProblemType(Internal, StatusCodes.Status500InternalServerError, []))
            .OrderBy(problem => problem.Code, StringComparer.Ordinal)];

    /// <summary>An error with whatever arguments: its name and kind do not depend on them.</summary>
    private static Error SampleOf(Type type)
    {
        var constructor = type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length)!;
        return (Error)constructor.Invoke([.. constructor.GetParameters().Select(parameter => ArgumentOf(parameter.ParameterType))]);
    }

    private static object? ArgumentOf(Type type) =>
        Nullable.GetUnderlyingType(type) is not null ? null
        : type == typeof(string) ? "NAME"
        : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch
        : type.IsAssignableFrom(typeof(string[])) ? new[] { "NAME" }
        : type.IsAssignableFrom(typeof(Dictionary<string, string[]>)) ? new Dictionary<string, string[]>()
        : type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type)
        : throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"Nobody knows a sample of {type}."));
}
