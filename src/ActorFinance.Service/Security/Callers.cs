namespace ActorFinance.Service.Security;

/// <summary>Who sends a request, by the bearer token that it carries: an API key, or a JWT of the issuer that is trusted.</summary>
internal sealed class Callers(ApiKeys? keys, JwtCallers? tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>Without keys and tokens whoever reaches the loopback address may do everything.</summary>
    public bool IsOpen => keys is null && tokens is null;

    public async ValueTask<Caller> OfAsync(HttpRequest request)
    {
        if (IsOpen)
        {
            return Caller.Local;
        }

        if (request.Headers.Authorization is not [{ } text] || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Caller.Unknown;
        }

        var token = text[Scheme.Length..].Trim();
        var caller = token.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) ? keys?.Find(token)
            : tokens is not null ? await tokens.FindAsync(token).ConfigureAwait(false)
            : null;
        return caller ?? Caller.Unknown;
    }
}
