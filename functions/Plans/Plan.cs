using ServerlessSocial.Platform;

namespace ServerlessSocial.Plans;

/// <summary>What somebody is entitled to.</summary>
public enum Plan
{
    /// <summary>What everybody has.</summary>
    [StandsForUnknown]
    Free,

    /// <summary>More of what models make. Nothing else differs: no plan buys reach.</summary>
    Plus,
}

/// <summary>A kind of call that costs credits; each has credits of its own.</summary>
public enum CallKind
{
    /// <summary>A picture is made: <c>POST /images</c>.</summary>
    Image,
}
