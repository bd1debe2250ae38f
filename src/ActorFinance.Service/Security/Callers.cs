namespace ActorFinance.Service.Security;

/// <summary>Who sends a request, by the bearer token that it carries: an API key, or a JWT of the issuer that is trusted.</summary>
internal sealed class Callers(ApiKeys? keys, JwtCallers? tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>Without keys and tokens whoever reaches the loopback address may do everything.</summary>
    public bool IsOpen => keys is null && tokens is null;

    /// <param name="authorization">As the request has it.</param>
    public async ValueTask<Caller> OfAsync(string? authorization)
    {
        if (IsOpen)
        {
            return Caller.Local;
        }

        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Caller.Unknown;
        }

        var token = authorization[Scheme.Length..].Trim();
        var caller = token.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) ? keys?.Find(token)
            : tokens is not null ? await tokens.FindAsync(token).ConfigureAwait(false)
            : null;
        return caller ?? Caller.Unknown;
    }
}
