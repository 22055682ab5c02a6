using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>A function: a method that carries <see cref="FunctionAttribute"/>, found as the official worker finds it.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="Method">The method.</param>
/// <param name="Trigger">The attribute on the parameter that triggers it.</param>
/// <param name="Parameter">That parameter.</param>
/// <param name="Rule">Who may run it.</param>
public sealed record FunctionDescription(string Name, MethodInfo Method, TriggerBindingAttribute Trigger, ParameterInfo Parameter, AccessAttribute Rule)
{
    /// <summary>Who may run it.</summary>
    public Access Access => Rule.Access;

    /// <summary>The class the method belongs to.</summary>
    public Type Class => Method.DeclaringType!;
}

/// <summary>All functions of the product.</summary>
public static class FunctionCatalog
{
    /// <summary>Functions in this assembly, by name.</summary>
    public static IReadOnlyList<FunctionDescription> Functions { get; } =
        [.. typeof(FunctionCatalog).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(Describe)
            .OfType<FunctionDescription>()
            .OrderBy(function => function.Name, StringComparer.Ordinal)];

    /// <summary>Functions with a kind of trigger.</summary>
    public static IEnumerable<(FunctionDescription Function, TTrigger Trigger)> TriggeredBy<TTrigger>()
        where TTrigger : TriggerBindingAttribute =>
        Functions.Where(function => function.Trigger is TTrigger).Select(function => (function, (TTrigger)function.Trigger));

    private static FunctionDescription? Describe(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
        {
            return null;
        }

        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<TriggerBindingAttribute>() is { } trigger)
            {
                var access = method.GetCustomAttribute<AccessAttribute>()
                    ?? throw new InvalidOperationException($"Function {function.Name} does not say who may run it: add [Access].");
                return new(function.Name, method, trigger, parameter, access);
            }
        }

        throw new InvalidOperationException($"Function {function.Name} has no trigger.");
    }
}
