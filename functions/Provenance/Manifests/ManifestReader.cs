using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>What a manifest store says, whoever wrote it. Nothing of it is verified.</summary>
/// <param name="Generator">Program that made the last claim, in its own words; null if it does not say.</param>
/// <param name="SignedBy">Organisation in the certificate that came with the last claim; null if there is none. Names of persons are left where they are.</param>
/// <param name="SourceTypes">How the picture or what it was made of came to be, as far as IPTC's vocabulary has it; each once.</param>
/// <param name="Actions">What was done, by the names that C2PA has for it (<see cref="ManifestReader.KnownActions"/>); each once, in order.</param>
internal sealed record ManifestClaims(string? Generator, string? SignedBy, IReadOnlyList<DigitalSourceType> SourceTypes, IReadOnlyList<string> Actions);

/// <summary>Reads manifests of C2PA 1 and 2 (claims <c>c2pa.claim</c> and <c>c2pa.claim.v2</c>), and verifies those that this service signed.</summary>
internal static class ManifestReader
{
    /// <summary>Longest text of somebody else's that is shown, in characters.</summary>
    private const int MostText = 100;

    private const string AllActions = "c2pa.actions";

    /// <summary>The actions that C2PA 2.2 names (section 18.15.4.1); programs have names of their own besides, which are not passed on.</summary>
    public static FrozenSet<string> KnownActions { get; } = new[]
    {
        "c2pa.addedText", "c2pa.adjustedColor", "c2pa.changedSpeed", "c2pa.color_adjustments", "c2pa.converted", "c2pa.created", "c2pa.cropped", "c2pa.deleted",
        "c2pa.drawing", "c2pa.dubbed", "c2pa.edited", "c2pa.edited.metadata", "c2pa.enhanced", "c2pa.filtered", "c2pa.opened", "c2pa.orientation", "c2pa.placed",
        "c2pa.published", "c2pa.redacted", "c2pa.removed", "c2pa.repackaged", "c2pa.resized", "c2pa.resized.proportional", "c2pa.transcoded", "c2pa.translated",
        "c2pa.trimmed", "c2pa.unknown", "c2pa.watermarked", "c2pa.watermarked.bound", "c2pa.watermarked.unbound",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly Dictionary<string, DigitalSourceType> Types =
        Enum.GetValues<DigitalSourceType>().ToDictionary(type => ManifestWriter.SourceTypes + char.ToLowerInvariant(type.ToString()[0]) + type.ToString()[1..], StringComparer.Ordinal);

    /// <summary>What a store says; null if it is no store, or has no claim that can be read.</summary>
    public static ManifestClaims? Read(ReadOnlyMemory<byte> store)
    {
        if (ManifestsOf(store) is not [.., var active] manifests || ClaimOf(active) is not { } claim || CborTree.Read(claim.Content) is not { } said)
        {
            return null;
        }

        var actions = manifests.SelectMany(ActionsOf).ToList();
        return new(
            Plain(said.Get<object>("claim_generator_info") switch
            {
                List<object?> { Count: > 0 } programs => programs[0].Get<string>("name"),
                var program => program.Get<string>("name"),
            } ?? said.Get<string>("claim_generator")),
            Plain(OrganisationOf(CertificateOf(active))),
            [.. actions.Select(action => action.Get<string>("digitalSourceType") is { } type && Types.TryGetValue(type.Replace("https:", "http:", StringComparison.Ordinal), out var known) ? known : (DigitalSourceType?)null)
                .OfType<DigitalSourceType>().Distinct()],
            [.. actions.Select(action => action.Get<string>("action")).OfType<string>().Where(KnownActions.Contains).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a certificate of this service signed the store's last claim, by what the store says.</summary>
    public static bool NamesSigner(ReadOnlyMemory<byte> store, SigningKey key) =>
        ManifestsOf(store) is [.., var active] && CertificateOf(active) is { } certificate && certificate.AsSpan().SequenceEqual(key.Chain[0].Span);

    /// <summary>Whether this service made the file as it is: the signature holds, the assertions are those that were signed, and so are the bytes around.</summary>
    /// <param name="file">The file.</param>
    /// <param name="embedded">Its manifest store.</param>
    /// <param name="key">What it was signed with, if it was signed here.</param>
    public static bool IsIntact(ReadOnlyMemory<byte> file, EmbeddedManifest embedded, SigningKey key)
    {
        if (ManifestsOf(embedded.Store) is not [.., var active] || ClaimOf(active) is not { } claim || active.Child(ManifestWriter.Signature) is not { } signature
            || active.Child(ManifestWriter.Assertions) is not { } assertions)
        {
            return false;
        }

        try
        {
            if (!CoseMessage.DecodeSign1(signature.Content.Span).VerifyDetached(key.Key, claim.Content.Span))
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return false;
        }

        var references = CborTree.Read(claim.Content).List("created_assertions");
        return references.All(reference => Holds(reference, assertions))
            && references.Any(reference => LabelOf(reference) == ManifestWriter.DataHash)
            && Surrounds(assertions.Child(ManifestWriter.DataHash)!, file.Span, embedded);
    }

    private static IReadOnlyList<JumbfBox> ManifestsOf(ReadOnlyMemory<byte> store) =>
        JumbfBox.Read(store) is { Type: "c2pa" } box ? [.. box.Children.Where(child => child.Type is "c2ma" or "c2um")] : [];

    private static JumbfBox? ClaimOf(JumbfBox manifest) => manifest.Child(ManifestWriter.Claim) ?? manifest.Child("c2pa.claim");

    private static IEnumerable<object?> ActionsOf(JumbfBox manifest) =>
        (manifest.Child(ManifestWriter.Assertions)?.Children ?? [])
            .Where(assertion => assertion.Label.StartsWith(AllActions, StringComparison.Ordinal))
            .SelectMany(assertion => CborTree.Read(assertion.Content).List("actions"));

    /// <summary>The signer's certificate, from the protected header or, as earlier versions had it, the other one.</summary>
    private static byte[]? CertificateOf(JumbfBox manifest)
    {
        try
        {
            if (manifest.Child(ManifestWriter.Signature) is not { } signature)
            {
                return null;
            }

            var message = CoseMessage.DecodeSign1(signature.Content.Span);
            foreach (var header in new[] { message.ProtectedHeaders, message.UnprotectedHeaders })
            {
                foreach (var (label, value) in header)
                {
                    if (label == ManifestWriter.Chain || label == new CoseHeaderLabel("x5chain"))
                    {
                        return CborTree.Read(value.EncodedValue) switch { List<object?> { Count: > 0 } chain => chain[0] as byte[], var single => single as byte[] };
                    }
                }
            }
        }
        catch (CryptographicException)
        {
        }

        return null;
    }

    private static string? OrganisationOf(byte[]? certificate)
    {
        try
        {
            using var read = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate);
            return read?.SubjectName.EnumerateRelativeDistinguishedNames()
                .FirstOrDefault(name => !name.HasMultipleElements && name.GetSingleElementType().Value == "2.5.4.10")?.GetSingleElementValue();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? LabelOf(object? reference) =>
        reference.Get<string>("url") is { } url && url.StartsWith($"self#jumbf={ManifestWriter.Assertions}/", StringComparison.Ordinal) ? url[(url.LastIndexOf('/') + 1)..] : null;

    private static bool Holds(object? reference, JumbfBox assertions) =>
        LabelOf(reference) is { } label && assertions.Child(label) is { } assertion && reference.Get<byte[]>("hash") is { } hash
        && hash.AsSpan().SequenceEqual(SHA256.HashData(assertion.Hashed.Span));

    /// <summary>Whether the hash is that of all bytes but those of the manifest.</summary>
    private static bool Surrounds(JumbfBox assertion, ReadOnlySpan<byte> file, EmbeddedManifest embedded)
    {
        var said = CborTree.Read(assertion.Content);
        if (said.List("exclusions") is not [var left] || !Says(left, "start", embedded.Start) || !Says(left, "length", embedded.Length) || said.Get<byte[]>("hash") is not { } hash)
        {
            return false;
        }

        using var around = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        around.AppendData(file[..embedded.Start]);
        around.AppendData(file[(embedded.Start + embedded.Length)..]);
        return hash.AsSpan().SequenceEqual(around.GetHashAndReset());
    }

    private static bool Says(object? map, string name, int value) => map.Get<object>(name) is ulong said && said == (ulong)value;

    /// <summary>One line without anything that is not seen; null for nothing.</summary>
    private static string? Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (plain.Length < MostText && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse))
            {
                plain.Append(rune);
            }
        }

        return plain.ToString().Trim() is { Length: > 0 } told ? told : null;
    }
}
