using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorFinance.Client.Tests.Transport;

/// <summary>The program over TLS with a certificate from its settings: requests, server-sent events and gRPC on one port, to a client that trusts that certificate and no other.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Password = "of-the-test";

    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = Made("CN=127.0.0.1");

    [Fact]
    public async Task Requests_and_both_streams_go_over_one_port_to_whoever_trusts_the_certificate()
    {
        using var service = await StartAsync();
        foreach (var grpcUrl in new[] { null, service.Url })
        {
            var options = Book.Impatient(service.Url, grpcUrl);
            options.Roots = [_certificate];
            using var client = new ActorFinanceClient(options);
            await Book.OpenAsync(client);
            (await client.Commands.SendAsync(Book.Pay("order-1", 0))).ShouldBeOfType<CommandOutcome.Accepted>();
            (await client.Subscriptions.SubscribeAsync().TakenAsync(3)).Select(step => step.Offset).ShouldBe([1, 2, 3]);
        }
    }

    /// <summary>Which version of HTTP is spoken is agreed on while the connection is made (ALPN).</summary>
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_request_is_answered_in_the_version_that_it_asks_for(string version)
    {
        using var service = await StartAsync();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_certificate);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Url, "/v1/cash")) { Version = new(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.ShouldBe(new Version(version));
    }

    [Fact]
    public async Task A_client_that_trusts_another_certificate_tells_it_nothing()
    {
        using var service = await StartAsync();
        using var other = Made("CN=127.0.0.1");
        foreach (var roots in new X509Certificate2Collection?[] { [other], null })
        {
            var options = Book.Impatient(service.Url);
            (options.Roots, options.RetryFor) = (roots, TimeSpan.Zero);
            using var client = new ActorFinanceClient(options);
            (await Should.ThrowAsync<ServiceUnavailableException>(() => client.Questions.CashAsync())).Message.ShouldContain("SSL");
        }
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    /// <summary>Signs itself, for the loopback address.</summary>
    private static X509Certificate2 Made(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task<ServiceProcess> StartAsync()
    {
        await File.WriteAllBytesAsync(_folder["service.pfx"], _certificate.Export(X509ContentType.Pkcs12, Password));
        var settings = new Dictionary<string, string>
        {
            ["ACTORFINANCE_Kestrel__Certificates__Default__Path"] = _folder["service.pfx"],
            ["ACTORFINANCE_Kestrel__Certificates__Default__Password"] = Password,
        };
        return await ServiceProcess.StartAtAsync(_folder.Path, "https://127.0.0.1:0", settings);
    }
}
