using System.Security.Cryptography;
using System.Text;

namespace ServerlessSocial.Platform.Ai;

/// <summary>A call of a model as telemetry and the ledger know it: what for and how it is asked, never what is said.</summary>
/// <param name="Purpose">What for, in kebab case: <c>moderation</c>, <c>image</c>.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="PromptVersion">Version of the instructions it gets, see <see cref="VersionOf"/>; null where there are none.</param>
public sealed record ModelCall(string Purpose, string Model, string? PromptVersion)
{
    private static readonly AsyncLocal<ModelCall?> Ambient = new();

    /// <summary>The call that is being made here; null where none is.</summary>
    internal static ModelCall? Current => Ambient.Value;

    /// <summary>Version of instructions: their name and the beginning of their SHA-256, so that nobody can change them and forget to say so.</summary>
    public static string VersionOf(string name, string instructions) =>
        $"{name}@{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instructions)).AsSpan(0, 4))}";

    /// <summary>Has telemetry know what is called, for as long as the caller's method runs.</summary>
    internal void Begin() => Ambient.Value = this;
}
