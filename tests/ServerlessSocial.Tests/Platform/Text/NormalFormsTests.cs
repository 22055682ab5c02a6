using System.Text;
using Mono.Cecil;
using ServerlessSocial.Hosts;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Tests.Platform.Text;

public sealed class NormalFormsTests
{
    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_letter_carries_thirty_marks_at_most(int marks, bool safe)
    {
        Assert.Equal(safe, NormalForms.IsStreamSafe("a" + new string('\u0301', marks) + "b" + new string('\u0316', marks)));
        Assert.Equal(safe, NormalForms.IsStreamSafe("ｶ" + new string('\uFF9E', marks)));
    }

    [Fact]
    public void Text_of_living_orthographies_is_stream_safe() =>
        Assert.True(NormalForms.IsStreamSafe("בְּרֵאשִׁ֖ית क्षत्रिय ที่นี่ Vie\u0302\u0323t 👨‍👩‍👧‍👦 ｶﾞｷﾞ"));

    [Fact]
    public void What_was_not_measured_is_not_normalised()
    {
        Assert.Throws<ArgumentException>(() => NormalForms.Of("a" + new string('\u0301', 31), NormalizationForm.FormC));
        Assert.Throws<ArgumentException>(() => NormalForms.Of(new string('a', NormalForms.MaxTogether + 1), NormalizationForm.FormC));
        Assert.Equal("á", NormalForms.Of("a\u0301", NormalizationForm.FormC));
    }

    /// <summary>Looked up in the compiled code: whoever wants a normal form, or to count clusters, goes through the one place that bounds it.</summary>
    [Fact]
    public void Nobody_else_normalises_or_divides_text()
    {
        using var product = AssemblyDefinition.ReadAssembly(typeof(Product).Assembly.Location);

        var callers = product.MainModule.GetTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody && method.Body.Instructions.Any(instruction => instruction.Operand is MethodReference called && IsCostly(called)))
            .Select(method => method.DeclaringType.FullName)
            .Distinct();

        Assert.Equal([typeof(NormalForms).FullName], callers);

        static bool IsCostly(MethodReference called) =>
            called.DeclaringType.FullName is "System.Globalization.StringInfo" or "System.StringNormalizationExtensions" or "System.Globalization.TextElementEnumerator"
            || (called.DeclaringType.FullName == "System.String" && called.Name is "Normalize" or "IsNormalized");
    }
}
