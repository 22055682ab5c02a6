using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ServerlessSocial.ContractTests.Running;

/// <summary>A fact that every derived suite checks, unless the suite <see cref="NeedsAttribute">lacks what it needs</see>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ServerlessSocial.ContractTests.Running." + nameof(ContractFactDiscoverer), "ServerlessSocial.ContractTests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>A theory that every derived suite checks, unless the suite <see cref="NeedsAttribute">lacks what it needs</see>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ServerlessSocial.ContractTests.Running." + nameof(ContractTheoryDiscoverer), "ServerlessSocial.ContractTests")]
public sealed class ContractTheoryAttribute : TheoryAttribute;

/// <summary>Finds facts.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsAttribute.Lacking(testMethod) is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new NotRunTestCase(DiagnosticMessageSink, discoveryOptions, testMethod);
}

/// <summary>Finds theories.</summary>
public sealed class ContractTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        NeedsAttribute.Lacking(testMethod) is null
            ? base.Discover(discoveryOptions, testMethod, theoryAttribute)
            : [new NotRunTestCase(DiagnosticMessageSink, discoveryOptions, testMethod)];
}

/// <summary>A test that is reported as not run.</summary>
public sealed class NotRunTestCase : XunitTestCase
{
    /// <summary>For deserialization alone.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For deserialization alone.")]
    public NotRunTestCase()
    {
    }

    /// <summary>A test whose suite lacks something.</summary>
    public NotRunTestCase(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod test)
        : base(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), test)
    {
    }

    /// <inheritdoc/>
    protected override string GetSkipReason(IAttributeInfo factAttribute) => NeedsAttribute.Lacking(TestMethod) ?? base.GetSkipReason(factAttribute);
}
