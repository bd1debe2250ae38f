using System.Net;

namespace ActorFinance.Service.Hosting;

/// <summary>Where the service may listen.</summary>
internal static class ServiceAddresses
{
    /// <summary>The addresses of <see cref="ServiceOptions.Url"/>.</summary>
    /// <exception cref="ServiceStartException">One is no address, or is reachable from other machines while no API keys are set.</exception>
    public static IReadOnlyList<string> Check(ServiceOptions options)
    {
        var urls = options.Url.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls)
        {
            // Kestrel takes * and + for all addresses; they are no host names.
            var plain = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
            {
                throw new ServiceStartException(StartFault.Settings, $"Service:Url '{url}' must be an address such as http://127.0.0.1:5230");
            }

            if (options.Keys is null && !IsLoopback(address))
            {
                throw new ServiceStartException(
                    StartFault.Settings,
                    $"Service:Url '{url}' can be reached from other machines, and no API keys are set: whoever reaches it could write to the journal.\n"
                    + "Make a key with 'actorfinance key NAME --role admin --keys keys.json' and start with --keys keys.json (or the setting Service:Keys), or listen on http://127.0.0.1:5230.");
            }
        }

        return urls.Length > 0 ? urls : throw new ServiceStartException(StartFault.Settings, "Service:Url '' must be an address such as http://127.0.0.1:5230");
    }

    private static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
