using System.Text.Json;
using ActorFinance.Service.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActorFinance.Service.Security;

/// <summary>
/// Callers by JSON Web Tokens of one issuer for one audience, signed by a key of a JWKS file: nothing is asked of the network. Keys are
/// rotated and subjects revoked without a restart.
/// </summary>
public sealed class JwtCallers
{
    /// <summary>Before the subject in the caller's name, so that no token can take the name of an API key.</summary>
    public const string Prefix = "jwt:";

    private const int NameMax = 64;

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    /// <summary>Only what a public key can check: a token that is signed with the public key's own text as a secret is none.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ServiceOptions _options;
    private readonly WatchedFile<TokenValidationParameters> _rules;
    private readonly WatchedFile<IReadOnlyDictionary<string, Instant>>? _revoked;

    private JwtCallers(ServiceOptions options, string keys)
    {
        _options = options;
        _rules = new(keys, options.Clock, json => RulesOf(KeysOf(json)));
        _revoked = options.JwtRevoked is { } file ? new(file, options.Clock, RevokedOf) : null;
    }

    /// <summary>Null where no tokens are taken.</summary>
    /// <exception cref="ServiceStartException">The keys cannot be read, or issuer or audience is missing.</exception>
    public static JwtCallers? Read(ServiceOptions options)
    {
        if (options.JwtKeys is not { } file)
        {
            return options.JwtIssuer is null && options.JwtAudience is null && options.JwtRevoked is null
                ? null
                : throw new ServiceStartException(StartFault.Settings, "Service:JwtIssuer, Service:JwtAudience and Service:JwtRevoked need Service:JwtKeys, the JWKS file of the issuer's public keys");
        }

        if (options.JwtIssuer is null || options.JwtAudience is null)
        {
            throw new ServiceStartException(StartFault.Settings, $"Service:JwtKeys '{file}' needs Service:JwtIssuer and Service:JwtAudience: without them a token that was made for another service would be taken");
        }

        try
        {
            return new(options, file);
        }
        catch (Exception unreadable) when (WatchedFile<TokenValidationParameters>.IsUnreadable(unreadable))
        {
            throw new ServiceStartException(StartFault.Settings, $"the JWT keys in '{file}'{(options.JwtRevoked is { } revoked ? $", or the revoked subjects in '{revoked}'," : "")} cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Null for a token that is not to be taken.</summary>
    public async ValueTask<Caller?> FindAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules.Current).ConfigureAwait(false);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject: { Length: > 0 and <= NameMax } subject } valid || subject.Any(char.IsControl))
        {
            return null;
        }

        // Without the claim iat the library says the beginning of time.
        if (_revoked?.Current.TryGetValue(subject, out var before) == true && Instant.Of(new(valid.IssuedAt, TimeSpan.Zero)) < before)
        {
            return null;
        }

        var role = valid.Claims.Where(claim => claim.Type == _options.JwtRoleClaim).Select(claim => RoleOf(claim.Value)).DefaultIfEmpty(Role.Anyone).Max();
        return new(Prefix + subject, role);
    }

    private Role RoleOf(string value) =>
        value == _options.JwtAdminRole ? Role.Admin
        : value == _options.JwtWriteRole ? Role.Write
        : value == _options.JwtReadRole ? Role.Read
        : Role.Anyone;

    private TokenValidationParameters RulesOf(IList<SecurityKey> keys) => new()
    {
        ValidIssuer = _options.JwtIssuer,
        ValidAudience = _options.JwtAudience,
        IssuerSigningKeys = keys,
        ValidAlgorithms = Algorithms,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (from, until, _, _) =>
        {
            var now = _options.Clock.GetUtcNow().UtcDateTime;
            return until is { } end && now <= end + _options.JwtClockSkew && (from is not { } start || now >= start - _options.JwtClockSkew);
        },
    };

    /// <summary>The public keys of a JWKS; one with a secret would be usable by whoever reads it.</summary>
    private static IList<SecurityKey> KeysOf(byte[] json)
    {
        var keys = new JsonWebKeySet(System.Text.Encoding.UTF8.GetString(json)).Keys.ToList();
        return keys.Count == 0 ? throw new ArgumentException("it has no key: it must be a JWKS, {\"keys\": [...]}")
            : keys.FirstOrDefault(key => key.Kty is not ("RSA" or "EC") || key.HasPrivateKey) is { } wrong ? throw new ArgumentException($"key '{wrong.Kid}' must be a public key of type RSA or EC")
            : [.. keys];
    }

    /// <summary>Subjects, each with the time before which its tokens must have been issued to be taken no more.</summary>
    private static IReadOnlyDictionary<string, Instant> RevokedOf(byte[] json)
    {
        var revoked = new Dictionary<string, Instant>(StringComparer.Ordinal);
        foreach (var (subject, before) in JsonSerializer.Deserialize<Dictionary<string, string>>(json, Strict) ?? [])
        {
            revoked.Add(subject, Instant.TryParse(before, out var time) ? time : throw new JsonException($"'{subject}': '{before}' must be a date or an RFC 3339 time"));
        }

        return revoked;
    }
}
