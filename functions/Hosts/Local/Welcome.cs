namespace ServerlessSocial.Hosts.Local;

/// <summary>What the local host says when it has started.</summary>
internal static class Welcome
{
    /// <summary>Says what runs, where its data is and what to try next.</summary>
    public static void Print(WebApplication app, LocalHostOptions options)
    {
        var url = BaseAddress(app);
        Console.WriteLine($"""
            ServerlessSocial is running: functions on Kestrel, {(options.Documents == LocalDocuments.Cosmos ? "Cosmos DB" : "SQLite")}, sample models.
              API   {url}/api        (OpenAPI: {url}/api/openapi.json)
              Docs  {url}/docs
              Data  {options.DataDirectory}
            Try next:
              TOKEN=$(curl -s {url}/api/dev/token -H 'Content-Type: application/json' -d '{"{"}"subject":"me"{"}"}' | sed 's/.*"token":"//;s/".*//')
              curl -s {url}/api/profiles -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"{"}"handle":"me_first","displayName":"Me"{"}"}'
            Ctrl+C stops it; the next start continues with this data.
            """);
    }

    /// <summary>Where the host listens, with the port it was given.</summary>
    public static string BaseAddress(WebApplication app) => app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).TrimEnd('/');
}
