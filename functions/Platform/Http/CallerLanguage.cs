using System.Globalization;

namespace ServerlessSocial.Platform.Http;

/// <summary>In which of the languages that the service speaks, English and German, a caller is told what it says.</summary>
public static class CallerLanguage
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>Whether the present request is told in German.</summary>
    public static bool IsGerman => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de";

    /// <summary>Takes the language that the request prefers (<c>Accept-Language</c>, RFC 9110 section 12.5.4) for what runs from here on; English where it names neither.</summary>
    public static void Use(HttpRequest request) => CultureInfo.CurrentUICulture = Of(request);

    /// <summary>The language tags and ranges that a request takes, the dearest first.</summary>
    public static IEnumerable<string> PreferredBy(HttpRequest request) => request.Headers.AcceptLanguage.Count == 0 ? []
        : request.GetTypedHeaders().AcceptLanguage.Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    private static CultureInfo Of(HttpRequest request) =>
        PreferredBy(request).Select(language => language.Split('-')[0].ToLowerInvariant()).FirstOrDefault(language => language is "de" or "en" or "*") == "de" ? German : English;
}
