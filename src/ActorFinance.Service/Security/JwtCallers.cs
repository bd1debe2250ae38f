using ActorFinance.Service.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ActorFinance.Service.Security;

/// <summary>
/// Callers by JSON Web Tokens of one issuer for one audience, signed by a key of a JWKS file: nothing is asked of the network. The file is looked at again
/// at most once a second, so keys are rotated without a restart; one that has become unreadable leaves the last good keys in force.
/// </summary>
public sealed class JwtCallers
{
    /// <summary>Before the subject in the caller's name, so that no token can take the name of an API key.</summary>
    public const string Prefix = "jwt:";

    private const int NameMax = 64;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Only what a public key can check: a token that is signed with the public key's own text as a secret is none.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ServiceOptions _options;
    private readonly Lock _lock = new();
    private volatile TokenValidationParameters _rules;
    private DateTime _written;
    private long _looked;

    private JwtCallers(ServiceOptions options, IList<SecurityKey> keys, DateTime written)
    {
        (_options, _written, _looked) = (options, written, options.Clock.GetTimestamp());
        _rules = RulesOf(keys);
    }

    /// <summary>Null where no tokens are taken.</summary>
    /// <exception cref="ServiceStartException">The keys cannot be read, or issuer or audience is missing.</exception>
    public static JwtCallers? Read(ServiceOptions options)
    {
        if (options.JwtKeys is not { } file)
        {
            return options.JwtIssuer is null && options.JwtAudience is null
                ? null
                : throw new ServiceStartException(StartFault.Settings, "Service:JwtIssuer and Service:JwtAudience need Service:JwtKeys, the JWKS file of the issuer's public keys");
        }

        if (options.JwtIssuer is null || options.JwtAudience is null)
        {
            throw new ServiceStartException(StartFault.Settings, $"Service:JwtKeys '{file}' needs Service:JwtIssuer and Service:JwtAudience: without them a token that was made for another service would be taken");
        }

        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            return new(options, KeysOf(file), written);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            throw new ServiceStartException(StartFault.Settings, $"the JWT keys in '{file}' cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Null for a token that is not to be taken.</summary>
    public async ValueTask<Caller?> FindAsync(string token)
    {
        Refresh();
        var result = await _handler.ValidateTokenAsync(token, _rules).ConfigureAwait(false);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject: { Length: > 0 and <= NameMax } subject } valid || subject.Any(char.IsControl))
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

    private void Refresh()
    {
        if (_options.Clock.GetElapsedTime(_looked) < LookAgain || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            _looked = _options.Clock.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(_options.JwtKeys!);
            if (written != _written)
            {
                _rules = RulesOf(KeysOf(_options.JwtKeys!));
                _written = written;
            }
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            // Half written: it is looked at again.
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>The public keys of the file; one with a secret would be usable by whoever reads it.</summary>
    private static IList<SecurityKey> KeysOf(string file)
    {
        var keys = new JsonWebKeySet(File.ReadAllText(file)).Keys.ToList();
        return keys.Count == 0 ? throw new ArgumentException("it has no key: it must be a JWKS, {\"keys\": [...]}")
            : keys.FirstOrDefault(key => key.Kty is not ("RSA" or "EC") || key.HasPrivateKey) is { } wrong ? throw new ArgumentException($"key '{wrong.Kid}' must be a public key of type RSA or EC")
            : [.. keys];
    }

    private static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or System.Text.Json.JsonException or SecurityTokenException;
}
