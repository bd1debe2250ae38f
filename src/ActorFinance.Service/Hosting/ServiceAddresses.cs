using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorFinance.Service.Hosting;

/// <summary>Where the service may listen.</summary>
internal static class ServiceAddresses
{
    private const string Https = "https";

    /// <summary>The addresses of <see cref="ServiceOptions.Url"/>.</summary>
    /// <exception cref="ServiceStartException">One is no address, or is reachable from other machines while no API keys are set.</exception>
    public static IReadOnlyList<BindingAddress> Check(ServiceOptions options)
    {
        var urls = options.Url.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return urls.Length > 0
            ? [.. urls.Select(url => Check(options, "Url", url, "http://127.0.0.1:5230"))]
            : throw new ServiceStartException(StartFault.Settings, "Service:Url '' must be an address such as http://127.0.0.1:5230");
    }

    /// <summary>The address of <see cref="ServiceOptions.GrpcUrl"/>, by the same rules.</summary>
    /// <exception cref="ServiceStartException">It breaks one.</exception>
    public static BindingAddress? CheckGrpc(ServiceOptions options) => options.GrpcUrl is { } url ? Check(options, "GrpcUrl", url, "http://127.0.0.1:5231") : null;

    public static void Listen(KestrelServerOptions server, BindingAddress address, HttpProtocols protocols)
    {
        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            if (address.Scheme == Https)
            {
                listen.UseHttps();
            }
        }

        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            server.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            server.Listen(ip, address.Port, Configure);
        }
        else
        {
            // A name, or * and + for all addresses: as the web server has it.
            server.ListenAnyIP(address.Port, Configure);
        }
    }

    private static BindingAddress Check(ServiceOptions options, string key, string url, string example)
    {
        // * and + stand for all addresses; they are no host names.
        var plain = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or Https) || address.PathAndQuery != "/")
        {
            throw new ServiceStartException(StartFault.Settings, $"Service:{key} '{url}' must be an address such as {example}");
        }

        return options.Keys is not null || options.JwtKeys is not null || IsLoopback(address)
            ? BindingAddress.Parse(url)
            : throw new ServiceStartException(
                StartFault.Settings,
                $"Service:{key} '{url}' can be reached from other machines, and neither API keys nor JWT are set: whoever reaches it could write to the journal.\n"
                + $"Make a key with 'actorfinance key NAME --role admin --keys keys.json' and start with --keys keys.json (or the setting Service:Keys), or set Service:JwtKeys, JwtIssuer and JwtAudience, or listen on {example}.");
    }

    private static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
