using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Identity;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace ServerlessSocial.Tests;

/// <summary>Which part may use which, checked in the compiled code: signatures, fields, attributes, and every member a method body names.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Product = typeof(Product).Assembly;
    private static readonly Architecture Compiled = new ArchLoader().LoadAssembly(Product).Build();

    private static readonly IObjectProvider<IType> Hosts = Types().That().ResideInNamespaceMatching(@"^ServerlessSocial\.Hosts(\.|$)").As("hosts");
    private static readonly IObjectProvider<IType> Platform = Types().That().ResideInNamespaceMatching(@"^ServerlessSocial\.Platform(\.|$)").As("the platform");
    private static readonly IObjectProvider<IType> Slices = Types().That().ResideInNamespaceMatching(@"^ServerlessSocial\.(?!Hosts|Platform)").As("slices");

    [Fact]
    public void Platform_names_no_slice() => Types().That().Are(Platform).Should().NotDependOnAny(Slices).Check(Compiled);

    [Fact]
    public void Nothing_but_hosts_names_a_host() => Types().That().Are(Platform).Or().Are(Slices).Should().NotDependOnAny(Hosts).Check(Compiled);

    [Fact]
    public void The_rules_see_what_they_forbid()
    {
        // Hosts name both and slices the platform; rules that found nothing there would find nothing anywhere.
        Assert.Throws<FailedArchRuleException>(() => Types().That().Are(Hosts).Should().NotDependOnAny(Slices).Check(Compiled));
        Assert.Throws<FailedArchRuleException>(() => Types().That().Are(Slices).Should().NotDependOnAny(Platform).Check(Compiled));
        Assert.Throws<FailedArchRuleException>(() => Types().That().Are(Hosts).Should().NotDependOnAny(Hosts).Check(Compiled));
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

        Assert.Equal(ServerlessSocial.Hosts.Product.Queues.SelectMany(queue => new[] { queue.Name, $"{queue.Name}/$deadletterqueue" }).Order(), triggered);
    }

    [Fact]
    public void Every_followed_container_declares_its_change_feed_and_retries_for_ever()
    {
        var followed = FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>().ToList();

        Assert.Equal(
            ServerlessSocial.Hosts.Product.Containers.Where(container => container.ChangeFeed).Select(container => container.Name),
            followed.Select(entry => entry.Trigger.ContainerName).Distinct().Order());
        Assert.All(followed, entry => Assert.Equal(-1, entry.Function.Method.GetCustomAttribute<ExponentialBackoffRetryAttribute>()?.MaxRetryCount));
    }
}
