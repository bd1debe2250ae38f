using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorFinance.Service.Hosting;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActorFinance.Service.Tests.Security;

/// <summary>Tokens of an identity provider: what is taken, and all that is not.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Issuer = "https://id.example";
    private const string Audience = "actorfinance";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly RSA Trusted = RSA.Create(2048);
    private static readonly RSA Stranger = RSA.Create(2048);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Now);

    /// <summary>What is wrong with the token, and how the service answers.</summary>
    public static TheoryData<string, HttpStatusCode> Tokens => new()
    {
        { "none of it", HttpStatusCode.OK },
        { "signed by the curve", HttpStatusCode.OK },
        { "audiences, ours among them", HttpStatusCode.OK },
        { "expired within the skew", HttpStatusCode.OK },
        { "expired", HttpStatusCode.Unauthorized },
        { "not valid yet", HttpStatusCode.Unauthorized },
        { "without an end", HttpStatusCode.Unauthorized },
        { "for another audience", HttpStatusCode.Unauthorized },
        { "by another issuer", HttpStatusCode.Unauthorized },
        { "by another key", HttpStatusCode.Unauthorized },
        { "by another key under our key's id", HttpStatusCode.Unauthorized },
        { "alg none", HttpStatusCode.Unauthorized },
        { "the public key as a secret", HttpStatusCode.Unauthorized },
        { "changed behind the signature", HttpStatusCode.Unauthorized },
        { "without a subject", HttpStatusCode.Unauthorized },
        { "no token at all", HttpStatusCode.Unauthorized },
        { "without a role", HttpStatusCode.Forbidden },
        { "of a role that nobody knows", HttpStatusCode.Forbidden },
    };

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task A_token_is_taken_only_when_all_of_it_is_right(string what, HttpStatusCode status)
    {
        await using var service = await StartAsync();
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(what));
        using var response = await service.Client.GetAsync("/v1/companies");
        response.StatusCode.ShouldBe(status, what);
    }

    [Theory]
    [InlineData("read", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("trader", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task The_role_claim_says_what_the_caller_may(string role, HttpStatusCode asks, HttpStatusCode writes, HttpStatusCode verifies)
    {
        await using var service = await StartAsync();
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Signed(Claims(("role", new[] { "other", role }))));
        using var asked = await service.Client.GetAsync("/v1/companies");
        asked.StatusCode.ShouldBe(asks);
        using var written = await service.SendAsync(Orders.Register("acme"));
        written.StatusCode.ShouldBe(writes);
        using var verified = await service.Client.GetAsync("/v1/verify");
        verified.StatusCode.ShouldBe(verifies);
        if (writes == HttpStatusCode.OK)
        {
            ((string?)(await service.GetAsync("/v1/events?atLeast=1"))["events"]![0]!["issuedBy"]).ShouldBe("jwt:ann");
        }
    }

    [Fact]
    public async Task Keys_are_rotated_without_a_restart()
    {
        await using var service = await StartAsync();
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Signed(Claims(), Stranger));
        (await service.Client.GetAsync("/v1/companies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        WriteKeys(Stranger);
        File.SetLastWriteTimeUtc(_folder["jwks.json"], DateTime.UtcNow.AddMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await service.Client.GetAsync("/v1/companies")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_issued_to_a_revoked_subject_before_is_taken_no_more_and_a_new_token_is()
    {
        _folder.Write("revoked.json", "{}");
        await using var service = await StartAsync(options => options with { JwtRevoked = _folder["revoked.json"] });
        (await StatusAsync(("iat", At(-30)))).ShouldBe(HttpStatusCode.OK);
        _folder.Write("revoked.json", $$"""{"ann": "{{Now.AddSeconds(-10):yyyy-MM-ddTHH:mm:ssZ}}", "bob": "2026-01-01"}""");
        File.SetLastWriteTimeUtc(_folder["revoked.json"], DateTime.UtcNow.AddMinutes(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await StatusAsync(("iat", At(-30)))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync()).ShouldBe(HttpStatusCode.Unauthorized, "it does not say when it was issued");
        (await StatusAsync(("iat", At(-5)))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(("iat", At(-30)), ("sub", "bob"))).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(params (string Name, object Value)[] claims)
        {
            service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Signed(Claims(claims)));
            using var response = await service.Client.GetAsync("/v1/companies");
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_stream_ends_with_its_token_and_another_is_not_let_in()
    {
        await using var service = await StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(20) });
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Signed(Claims()));
        await using var stream = EventStream.ReadAsync(service.Client).GetAsyncEnumerator();
        (await stream.MoveNextAsync()).ShouldBeTrue("a heartbeat");
        _clock.Advance(TimeSpan.FromSeconds(100));
        (await stream.MoveNextAsync()).ShouldBeTrue("it is within the skew");
        _clock.Advance(TimeSpan.FromSeconds(40));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await stream.MoveNextAsync().AsTask().WaitAsync(patience.Token))
        {
        }

        (await service.Client.GetAsync("/v1/stream")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"keys":[]}""", "no key")]
    [InlineData("nonsense", "cannot be read")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0","kid":"s"}]}""", "'s' must be a public key")]
    public async Task A_file_without_public_keys_does_not_start(string keys, string says)
    {
        _folder.Write("jwks.json", keys);
        var failure = await Should.ThrowAsync<ServiceStartException>(() => RunningService.StartAsync(Options));
        failure.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Keys_without_an_audience_do_not_start()
    {
        WriteKeys(Trusted);
        var failure = await Should.ThrowAsync<ServiceStartException>(() => RunningService.StartAsync(options => Options(options) with { JwtAudience = null }));
        failure.Message.ShouldContain("JwtAudience");
    }

    [Fact]
    public async Task Off_loopback_tokens_are_as_good_as_keys_and_without_either_it_says_what_to_set()
    {
        WriteKeys(Trusted);
        await using (await RunningService.StartAsync(options => Options(options) with { Url = "http://0.0.0.0:0" }))
        {
        }

        var failure = await Should.ThrowAsync<ServiceStartException>(() => RunningService.StartAsync(options => options with { Url = "http://0.0.0.0:0" }));
        failure.Message.ShouldContain("--keys keys.json");
        failure.Message.ShouldContain("JwtKeys");
    }

    public void Dispose() => _folder.Dispose();

    private static string Token(string what) => what switch
    {
        "none of it" => Signed(Claims()),
        "signed by the curve" => new JsonWebTokenHandler().CreateToken(JsonSerializer.Serialize(Claims()), new SigningCredentials(new ECDsaSecurityKey(Curve) { KeyId = "curve" }, SecurityAlgorithms.EcdsaSha256)),
        "audiences, ours among them" => Signed(Claims(("aud", new[] { "another", Audience }))),
        "expired within the skew" => Signed(Claims(("exp", At(-30)))),
        "expired" => Signed(Claims(("exp", At(-90)))),
        "not valid yet" => Signed(Claims(("nbf", At(90)))),
        "without an end" => Signed(Without("exp")),
        "for another audience" => Signed(Claims(("aud", "another"))),
        "by another issuer" => Signed(Claims(("iss", "https://other.example"))),
        "by another key" => Signed(Claims(), Stranger, "stranger"),
        "by another key under our key's id" => Signed(Claims(), Stranger),
        "alg none" => $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{Encoded(JsonSerializer.Serialize(Claims()))}.",
        "the public key as a secret" => new JsonWebTokenHandler().CreateToken(
            JsonSerializer.Serialize(Claims()), new SigningCredentials(new SymmetricSecurityKey(Trusted.ExportSubjectPublicKeyInfo()) { KeyId = "ours" }, SecurityAlgorithms.HmacSha256)),
        "changed behind the signature" => Changed(Signed(Claims())),
        "without a subject" => Signed(Without("sub")),
        "no token at all" => "nonsense",
        "without a role" => Signed(Without("role")),
        _ => Signed(Claims(("role", "king"))),
    };

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encoded(JsonSerializer.Serialize(Claims(("role", "admin"))))}.{parts[2]}";
    }

    private static string Signed(Dictionary<string, object> claims, RSA? key = null, string id = "ours") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(new RsaSecurityKey(key ?? Trusted) { KeyId = id }, SecurityAlgorithms.RsaSha256));

    private static Dictionary<string, object> Claims(params (string Name, object Value)[] others)
    {
        var claims = new Dictionary<string, object> { ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "ann", ["role"] = "read", ["nbf"] = At(-60), ["exp"] = At(60) };
        foreach (var (name, value) in others)
        {
            claims[name] = value;
        }

        return claims;
    }

    private static Dictionary<string, object> Without(string name) => Claims().Where(claim => claim.Key != name).ToDictionary();

    private static long At(int seconds) => Now.AddSeconds(seconds).ToUnixTimeSeconds();

    private static string Encoded(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private ServiceOptions Options(ServiceOptions options) =>
        options with { JwtKeys = _folder["jwks.json"], JwtIssuer = Issuer, JwtAudience = Audience, JwtWriteRole = "trader", Clock = _clock };

    private async Task<RunningService> StartAsync(Func<ServiceOptions, ServiceOptions>? more = null)
    {
        WriteKeys(Trusted);
        return await RunningService.StartAsync(options => (more ?? (given => given))(Options(options)));
    }

    private void WriteKeys(RSA key)
    {
        var (rsa, curve) = (key.ExportParameters(includePrivateParameters: false), Curve.ExportParameters(includePrivateParameters: false));
        _folder.Write("jwks.json", JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = "ours", use = "sig", n = Base64UrlEncoder.Encode(rsa.Modulus), e = Base64UrlEncoder.Encode(rsa.Exponent) },
                new { kty = "EC", kid = "curve", use = "sig", crv = "P-256", x = Base64UrlEncoder.Encode(curve.Q.X), y = Base64UrlEncoder.Encode(curve.Q.Y) },
            },
        }));
    }
}
