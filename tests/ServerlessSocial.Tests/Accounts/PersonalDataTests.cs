using System.Reflection;
using ServerlessSocial.Hosts;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Tests.Accounts;

/// <summary>No document type is forgotten when an account is deleted.</summary>
public sealed class PersonalDataTests
{
    public static TheoryData<Type> DocumentTypes =>
        [.. typeof(Product).Assembly.GetTypes().Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsSubclassOf(typeof(Document)))];

    [Theory]
    [MemberData(nameof(DocumentTypes))]
    public void Every_document_type_says_how_it_belongs_to_a_person(Type type)
    {
        var declared = type.GetCustomAttribute<PersonalDataAttribute>();

        Assert.True(declared is not null, $"{type.Name} has no [PersonalData]: how does deleting an account find what it holds of a person?");
        Assert.True(
            declared.Belongs is Belongs.ToProfile or Belongs.ToAccount || declared.ErasedBy is not null || declared.Because is not null,
            $"{type.Name} says neither who erases it nor why nobody does.");
        Assert.True(declared.ErasedBy is null || declared.ErasedBy.IsAssignableTo(typeof(IErasureStep)), $"{declared.ErasedBy?.Name} is no step of an erasure.");
    }
}
