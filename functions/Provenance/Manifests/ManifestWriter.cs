using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>What a manifest says of a picture that a model made.</summary>
/// <param name="Label">Name of the manifest, <c>urn:c2pa:</c> and a UUID (C2PA 2.2, section 8.2).</param>
/// <param name="Generator">What made the claim: this service.</param>
/// <param name="Model">Name of the model that made the picture.</param>
/// <param name="MadeAt">When it was made.</param>
internal sealed record CreatedClaim(string Label, string Generator, string Model, DateTimeOffset MadeAt);

/// <summary>
/// Writes the least that a C2PA manifest is: a claim (<c>c2pa.claim.v2</c>) with two assertions, how the picture came to be (<c>c2pa.actions.v2</c>) and a hash
/// of the file around it (<c>c2pa.hash.data</c>), signed with ES256 (COSE_Sign1, RFC 9052). Source: C2PA specification 2.2, sections 10, 11, 13, 18.5 and 18.15.
/// </summary>
internal static class ManifestWriter
{
    /// <summary>Where the vocabulary of digital source types lies (IPTC NewsCodes).</summary>
    public const string SourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// <summary>Labels and types of the boxes.</summary>
    public const string Store = "c2pa", Assertions = "c2pa.assertions", Claim = "c2pa.claim.v2", Signature = "c2pa.signature", DataHash = "c2pa.hash.data", Actions = "c2pa.actions.v2";

    /// <summary>Hash of everything here, as claims name it.</summary>
    public const string Algorithm = "sha256";

    /// <summary>Certificates in a COSE header, the signer's first (<c>x5chain</c>, RFC 9360).</summary>
    public static readonly CoseHeaderLabel Chain = new(33);

    /// <summary>How often the length of what is embedded may change because it is written in it.</summary>
    private const int MostTries = 5;

    /// <summary>The file with a signed manifest.</summary>
    /// <param name="format">JPEG, PNG or WebP.</param>
    /// <param name="file">The file, without a manifest.</param>
    /// <param name="claim">What to say of it.</param>
    /// <param name="key">Signs.</param>
    public static byte[] Sign(PictureFormat format, ReadOnlySpan<byte> file, CreatedClaim claim, SigningKey key)
    {
        var hash = HashAround(format, file);
        var actions = ActionsOf(claim);
        var place = ManifestFile.PlaceIn(format, file);

        // A chunk of a WebP is filled up to an even length, and readers disagree whether that byte is the manifest's: one of its own makes it even.
        var store = Settled(0);
        return ManifestFile.Embed(format, file, format == PictureFormat.Webp && (store.Length & 1) == 1 ? Settled(1) : store);

        // The hash names the bytes it leaves out, which are those of the manifest that holds it.
        byte[] Settled(int padding)
        {
            var (store, length) = (Array.Empty<byte>(), -1);
            for (var tries = 0; length != ManifestFile.SizeOf(format, store.Length); tries++)
            {
                length = ManifestFile.SizeOf(format, store.Length);
                store = tries < MostTries
                    ? StoreOf(claim, actions, DataHashOf(hash, place, length, padding), key)
                    : throw new InvalidOperationException("The manifest's length does not settle.");
            }

            return store;
        }
    }

    /// <summary>
    /// SHA-256 of the file as it will be, without its manifest. Of a WebP the length of the whole stands before, and counts: it is taken to be that of a
    /// file with a manifest of the length that is tried.
    /// </summary>
    private static Func<int, byte[]> HashAround(PictureFormat format, ReadOnlySpan<byte> file)
    {
        var copy = file.ToArray();
        return length =>
        {
            if (format == PictureFormat.Webp)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(4), copy.Length + length - JumbfBox.Header);
            }

            return SHA256.HashData(copy);
        };
    }

    private static byte[] StoreOf(CreatedClaim claim, byte[] actions, byte[] dataHash, SigningKey key)
    {
        byte[][] assertions = [Assertion(Actions, actions), Assertion(DataHash, dataHash)];
        var said = ClaimOf(claim, [(Actions, assertions[0]), (DataHash, assertions[1])]);
        var manifest = JumbfBox.WriteSuper(
            "c2ma"u8,
            claim.Label,
            JumbfBox.WriteSuper("c2as"u8, Assertions, assertions),
            JumbfBox.WriteSuper("c2cl"u8, Claim, JumbfBox.Write("cbor"u8, said)),
            JumbfBox.WriteSuper("c2cs"u8, Signature, JumbfBox.Write("cbor"u8, SignatureOf(said, key))));
        return JumbfBox.WriteSuper("c2pa"u8, Store, manifest);
    }

    private static byte[] Assertion(string label, byte[] cbor) => JumbfBox.WriteSuper("cbor"u8, label, JumbfBox.Write("cbor"u8, cbor));

    private static byte[] ActionsOf(CreatedClaim claim) => Map(2, map =>
    {
        map.WriteTextString("actions");
        map.WriteStartArray(1);
        map.WriteStartMap(4);
        map.Write("action", "c2pa.created");
        map.Write("digitalSourceType", SourceTypes + "trainedAlgorithmicMedia");
        map.WriteTextString("softwareAgent");
        map.WriteStartMap(1);
        map.Write("name", claim.Model);
        map.WriteEndMap();
        map.WriteTextString("when");
        map.WriteTag(CborTag.DateTimeString);
        map.WriteTextString(claim.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        map.WriteEndMap();
        map.WriteEndArray();
        map.WriteTextString("allActionsIncluded");
        map.WriteBoolean(true);
    });

    private static byte[] DataHashOf(Func<int, byte[]> hash, int start, int length, int padding) => Map(4, map =>
    {
        map.WriteTextString("exclusions");
        map.WriteStartArray(1);
        map.WriteStartMap(2);
        map.WriteTextString("start");
        map.WriteInt32(start);
        map.WriteTextString("length");
        map.WriteInt32(length);
        map.WriteEndMap();
        map.WriteEndArray();
        map.Write("alg", Algorithm);
        map.WriteTextString("hash");
        map.WriteByteString(hash(length));
        map.WriteTextString("pad");
        map.WriteByteString(new byte[padding]);
    });

    private static byte[] ClaimOf(CreatedClaim claim, IReadOnlyList<(string Label, byte[] Box)> assertions) => Map(5, map =>
    {
        map.Write("instanceID", $"xmp:iid:{claim.Label[^36..]}");
        map.WriteTextString("claim_generator_info");
        map.WriteStartMap(1);
        map.Write("name", claim.Generator);
        map.WriteEndMap();
        map.Write("signature", $"self#jumbf={Signature}");
        map.WriteTextString("created_assertions");
        map.WriteStartArray(assertions.Count);
        foreach (var (label, box) in assertions)
        {
            map.WriteStartMap(2);
            map.Write("url", $"self#jumbf={Assertions}/{label}");
            map.WriteTextString("hash");
            map.WriteByteString(SHA256.HashData(box.AsSpan(JumbfBox.Header)));
            map.WriteEndMap();
        }

        map.WriteEndArray();
        map.Write("alg", Algorithm);
    });

    private static byte[] SignatureOf(byte[] claim, SigningKey key)
    {
        var chain = new CborWriter();
        chain.WriteStartArray(key.Chain.Count);
        foreach (var certificate in key.Chain)
        {
            chain.WriteByteString(certificate.Span);
        }

        chain.WriteEndArray();
        var header = new CoseHeaderMap { [Chain] = CoseHeaderValue.FromEncodedValue(chain.Encode()) };
        return CoseSign1Message.SignDetached(claim, new CoseSigner(key.Key, HashAlgorithmName.SHA256, header));
    }

    private static byte[] Map(int entries, Action<CborWriter> write)
    {
        var map = new CborWriter(CborConformanceMode.Canonical);
        map.WriteStartMap(entries);
        write(map);
        map.WriteEndMap();
        return map.Encode();
    }

    private static void Write(this CborWriter map, string name, string value)
    {
        map.WriteTextString(name);
        map.WriteTextString(value);
    }
}
