using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Tests;

/// <summary>Which part may use which, checked in the compiled code: signatures, fields, and every member a method body names.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "ServerlessSocial";
    private static readonly Assembly Product = typeof(Product).Assembly;

    [Fact]
    public void Platform_names_no_slice_and_nothing_but_hosts_names_a_host()
    {
        var breaches = Product.GetTypes()
            .Where(type => PartOf(type) is not (null or "Hosts"))
            .SelectMany(type => TypeReferences.Of(type).Select(used => (From: type, To: used)))
            .Where(pair => pair.To.Assembly == Product && !MayUse(PartOf(pair.From)!, PartOf(pair.To)))
            .Select(pair => $"{pair.From.FullName} uses {pair.To.FullName}")
            .Distinct()
            .Order();

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        // The host's program names platform and slices; if the scan found nothing there, it would find nothing anywhere.
        var used = TypeReferences.Of(typeof(Product)).Select(PartOf).ToHashSet();

        Assert.Contains("Platform", used);
        Assert.False(MayUse("Platform", "Posts"));
        Assert.False(MayUse("Posts", "Hosts"));
    }

    [Fact]
    public void Every_function_says_who_may_run_it_and_only_HTTP_functions_are_for_people()
    {
        var methods = Product.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(method.IsDefined(typeof(AccessAttribute)), $"{method.DeclaringType} does not say who may run it."));
        Assert.All(FunctionCatalog.Functions, function => Assert.Equal(function.Trigger is not HttpTriggerAttribute, function.Access == Access.System));
    }

    [Fact]
    public void A_function_is_named_after_its_class_and_names_are_unique()
    {
        Assert.All(FunctionCatalog.Functions, function => Assert.Equal(function.Class.Name, function.Name));
        Assert.Equal(FunctionCatalog.Functions.Count, FunctionCatalog.Functions.DistinctBy(function => function.Name).Count());
    }

    [Fact]
    public void Every_queue_has_a_worker_and_a_dead_letter_function()
    {
        var triggered = FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Select(entry => entry.Trigger.QueueName).Order().ToList();

        Assert.Equal(Hosts.Product.Queues.SelectMany(queue => new[] { queue.Name, $"{queue.Name}/$deadletterqueue" }).Order(), triggered);
    }

    [Fact]
    public void Every_followed_container_declares_its_change_feed_and_retries_for_ever()
    {
        var followed = FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>().ToList();

        Assert.Equal(
            Hosts.Product.Containers.Where(container => container.ChangeFeed).Select(container => container.Name),
            followed.Select(entry => entry.Trigger.ContainerName).Distinct().Order());
        Assert.All(followed, entry => Assert.Equal(-1, entry.Function.Method.GetCustomAttribute<ExponentialBackoffRetryAttribute>()?.MaxRetryCount));
    }

    private static bool MayUse(string from, string? to) => to switch
    {
        null => true,
        "Hosts" => from == "Hosts",
        "Platform" => true,
        _ => from != "Platform",
    };

    /// <summary>First part of the namespace below the root: a slice, <c>Platform</c> or <c>Hosts</c>; null for generated code.</summary>
    private static string? PartOf(Type type) =>
        type.Namespace?.Split('.') is [Root, var part, ..] ? part : null;
}
