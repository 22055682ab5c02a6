using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessSocial.Hosts.Adapters.Identity;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Tests.Identity;

/// <summary>Which tokens are accepted, in both hosts.</summary>
public sealed class TokenValidatorTests
{
    private const string Issuer = "https://issuer.test";
    private const string Audience = "social";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly ServiceKey Secret = ServiceKey.Of(new byte[32], [1, 2, 3]);

    private readonly KeyRing keys = new("current");
    private readonly TokenValidator validator;

    public TokenValidatorTests() => validator = new(
        keys, Options.Create(new IdentityOptions { Issuer = Issuer, Audience = Audience }), Secret, new StoppedClock(Now));

    public static TheoryData<string, Func<SecurityTokenDescriptor, SecurityTokenDescriptor>> Refused => new()
    {
        { "another issuer", token => With(token, change => change.Issuer = "https://elsewhere.test") },
        { "another audience", token => With(token, change => change.Audience = "something else") },
        { "expired", token => With(token, change => change.Expires = (Now - TimeSpan.FromMinutes(2)).UtcDateTime) },
        { "not yet valid", token => With(token, change => change.NotBefore = (Now + TimeSpan.FromMinutes(5)).UtcDateTime) },
        { "no subject", token => With(token, change => change.Claims = new Dictionary<string, object>()) },
        { "a key of somebody else with a known id", token => With(token, change => change.SigningCredentials = new KeyRing("current").Credentials) },
        { "a key that is not known", token => With(token, change => change.SigningCredentials = new KeyRing("other").Credentials) },
        { "an extension that must be understood", token => With(token, change => change.AdditionalHeaderClaims = new Dictionary<string, object> { ["crit"] = new[] { "b64" } }) },
        { "an extension that must be understood, and is none", token => With(token, change => change.AdditionalHeaderClaims = new Dictionary<string, object> { ["crit"] = Array.Empty<string>() }) },
        { "not signed", token => With(token, change => change.SigningCredentials = null) },
    };

    [Fact]
    public async Task A_token_of_the_issuer_is_accepted_and_its_role_read()
    {
        var plain = await validator.ValidateAsync(Write(Token()), default);
        var moderator = await validator.ValidateAsync(Write(With(Token(), change => change.Claims["roles"] = new[] { "user", "moderator" })), default);

        Assert.NotNull(plain);
        Assert.False(plain.IsModerator);
        Assert.True(moderator!.IsModerator);
        Assert.Equal(plain.AccountId, moderator.AccountId);
        Assert.DoesNotContain("anna", plain.AccountId, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_token_is_refused(string why, Func<SecurityTokenDescriptor, SecurityTokenDescriptor> spoil)
    {
        Assert.True(await validator.ValidateAsync(Write(spoil(Token())), default) is null, why);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(Audience)]
    public async Task A_service_that_does_not_say_what_tokens_are_for_lets_nobody_in(string? audience)
    {
        var unset = new TokenValidator(keys, Options.Create(new IdentityOptions { Issuer = Issuer }), Secret, new StoppedClock(Now));

        Assert.Null(await unset.ValidateAsync(Write(With(Token(), change => change.Audience = audience)), default));
        Assert.Throws<InvalidOperationException>(() => new OpenIdConnectKeys(Options.Create(new IdentityOptions { Authority = Issuer })));
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_password_is_refused()
    {
        // The classic confusion of algorithms: HMAC over the verifier's own public key.
        var secret = new SymmetricSecurityKey(keys.Key.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = "current" };
        var token = Write(With(Token(), change => change.SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256)));

        Assert.Null(await validator.ValidateAsync(token, default));
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var parts = Write(Token()).Split('.');
        var payload = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("anna", "ben", StringComparison.Ordinal);

        Assert.Null(await validator.ValidateAsync($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.")]
    public async Task What_is_no_token_is_refused(string text) => Assert.Null(await validator.ValidateAsync(text, default));

    [Fact]
    public async Task A_very_long_token_is_refused_unread() => Assert.Null(await validator.ValidateAsync(new string('a', 100_000), default));

    [Fact]
    public async Task Keys_rotate_old_tokens_stay_good_and_a_new_key_is_asked_for_when_first_met()
    {
        var before = Write(Token());
        var next = new KeyRing("next");
        keys.Publish(next.Key);

        var after = await validator.ValidateAsync(Write(With(Token(), change => change.SigningCredentials = next.Credentials)), default);

        Assert.NotNull(after);
        Assert.NotNull(await validator.ValidateAsync(before, default));
        Assert.Equal(1, keys.Refreshes);
    }

    private static SecurityTokenDescriptor With(SecurityTokenDescriptor token, Action<SecurityTokenDescriptor> change)
    {
        change(token);
        return token;
    }

    private static string Write(SecurityTokenDescriptor token) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);

    private SecurityTokenDescriptor Token() => new()
    {
        Issuer = Issuer,
        Audience = Audience,
        IssuedAt = Now.UtcDateTime,
        NotBefore = Now.UtcDateTime,
        Expires = (Now + TimeSpan.FromHours(1)).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "anna" },
        SigningCredentials = keys.Credentials,
    };

    /// <summary>A key ring in memory: what was published becomes known when the validator asks again.</summary>
    private sealed class KeyRing(string id) : ITokenKeys
    {
        private readonly List<SecurityKey> published = [];
        private List<SecurityKey>? known;

        public ECDsaSecurityKey Key { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };

        public SigningCredentials Credentials => new(Key, SecurityAlgorithms.EcdsaSha256);

        public int Refreshes { get; private set; }

        public void Publish(SecurityKey key) => published.Add(key);

        public ValueTask<(string? Issuer, IReadOnlyCollection<SecurityKey> Keys)> GetAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<(string?, IReadOnlyCollection<SecurityKey>)>((null, known ??= [Key]));

        public void Refresh()
        {
            Refreshes++;
            known = [Key, .. published];
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
