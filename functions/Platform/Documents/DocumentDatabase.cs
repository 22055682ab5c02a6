namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// Names in the attributes of change-feed functions. They are constants and no settings, because the platform's scaling reads the
/// attributes too and does not resolve settings with a colon in their name.
/// </summary>
public static class DocumentDatabase
{
    /// <summary>The database.</summary>
    public const string Name = "serverless-social";

    /// <summary>Settings section of the account.</summary>
    public const string Connection = "Cosmos";

    /// <summary>Container in which change-feed functions remember how far they have come.</summary>
    public const string Leases = "leases";
}
