using System.Reflection;

namespace ServerlessSocial.Hosts.Local;

/// <summary>
/// The settings there are: what options classes declare, each with its section. A misspelt one on the command line would be a setting that nobody reads.
/// </summary>
internal static class KnownSettings
{
    /// <summary>Sections that the framework reads.</summary>
    private static readonly HashSet<string> Frameworks = new(StringComparer.OrdinalIgnoreCase) { "Logging" };

    /// <summary>Options classes by section.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = typeof(KnownSettings).Assembly.GetTypes()
        .Select(type => (Type: type, Section: SectionOf(type)))
        .Where(entry => entry.Section is not null)
        .ToDictionary(entry => entry.Section!, entry => entry.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks names and types of settings; whether a value is in its range the options check when the host starts.</summary>
    /// <param name="arguments">Arguments of the form <c>--Section:Key=value</c>.</param>
    /// <exception cref="FormatException">There is no such setting, or its value is of another type; the message says which.</exception>
    public static void Check(IReadOnlyList<string> arguments)
    {
        foreach (var section in new ConfigurationBuilder().AddCommandLine([.. arguments]).Build().GetChildren().Where(section => !Frameworks.Contains(section.Key)))
        {
            if (!Sections.TryGetValue(section.Key, out var type))
            {
                throw new FormatException($"There are no settings {section.Key}.");
            }

            var names = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite || IsFilled(property)).Select(property => property.Name).ToList();
            if (section.GetChildren().FirstOrDefault(setting => !names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new FormatException($"There is no setting {unknown.Path}. {section.Key} has {string.Join(", ", names)}.");
            }

            try
            {
                section.Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
            }
            catch (InvalidOperationException exception)
            {
                throw new FormatException(exception.Message, exception);
            }
        }
    }

    /// <summary>A property without a setter is filled where it is a collection.</summary>
    private static bool IsFilled(PropertyInfo property) => property.GetIndexParameters().Length == 0 && !property.PropertyType.IsValueType && property.PropertyType != typeof(string);

    private static string? SectionOf(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal)
            ? type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
            : null;
}
