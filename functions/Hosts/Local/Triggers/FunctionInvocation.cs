using System.Reflection;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>Calls functions that are not triggered by HTTP.</summary>
public static class FunctionInvocation
{
    /// <summary>Calls a function with what triggered it, and the other parameters the official worker can bind.</summary>
    public static Task InvokeAsync(FunctionDescription function, object instance, object trigger, CancellationToken cancellationToken)
    {
        var arguments = Array.ConvertAll(function.Method.GetParameters(), parameter =>
            parameter.Position == function.Parameter.Position ? trigger
            : parameter.ParameterType == typeof(CancellationToken) ? (object)cancellationToken
            : throw new InvalidOperationException($"{function.Name}: the local host cannot bind {parameter.Name}."));
        try
        {
            return (Task)function.Method.Invoke(instance, arguments)!;
        }
        catch (TargetInvocationException exception)
        {
            return Task.FromException(exception.InnerException ?? exception);
        }
    }
}
