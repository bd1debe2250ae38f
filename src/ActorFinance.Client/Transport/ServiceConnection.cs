using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grpc.Core;
using Grpc.Net.Client;

namespace ActorFinance.Client.Transport;

/// <summary>One service over HTTP: sends, tries again, and makes typed errors of problem documents.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly Lazy<GrpcChannel>? _grpc;

    public ServiceConnection(ActorFinanceClientOptions options)
    {
        Options = new()
        {
            Url = options.Url,
            GrpcUrl = options.GrpcUrl,
            Key = options.Key,
            Roots = options.Roots,
            AttemptWithin = options.AttemptWithin,
            RetryFor = options.RetryFor,
            PauseLeast = options.PauseLeast,
            PauseMost = options.PauseMost,
            SilenceMost = options.SilenceMost,
            Clock = options.Clock,
        };
        _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = System.Net.DecompressionMethods.All, SslOptions = TrustOf(options) })
        {
            BaseAddress = options.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Key is { } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (options.GrpcUrl is { } url)
        {
            _grpc = new(() => GrpcChannel.ForAddress(url, new GrpcChannelOptions { MaxReceiveMessageSize = null, DisposeHttpClient = true, HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = TrustOf(options) } }));
        }
    }

    public ActorFinanceClientOptions Options { get; }

    public GrpcChannel? Grpc => _grpc?.Value;

    public Metadata GrpcHeaders => Options.Key is { } key ? new() { { "authorization", $"Bearer {key}" } } : [];

    /// <summary>The answer of a request that is sent again where the service did not take it.</summary>
    /// <param name="request">Makes it, once for each attempt.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <param name="isRepeatable">Whether it may also be sent again when nothing is known of it.</param>
    /// <exception cref="ActorFinanceException">There is no answer.</exception>
    public async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken cancellation, bool isRepeatable = true)
    {
        var (answer, _) = await AskWithHeadersAsync(request, type, cancellation, isRepeatable).ConfigureAwait(false);
        return answer;
    }

    /// <inheritdoc cref="AskAsync{T}" />
    public async Task<(T Answer, HttpResponseHeaders Headers)> AskWithHeadersAsync<T>(Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken cancellation, bool isRepeatable = true)
    {
        var (started, backoff) = (Options.Clock.GetTimestamp(), new Backoff(Options));
        while (true)
        {
            TimeSpan? wanted = null;
            var isRefused = true;
            ActorFinanceException failure;
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            attempt.CancelAfter(Options.AttemptWithin);
            try
            {
                using var sent = request();
                using var response = await _http.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead, attempt.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    var body = await response.Content.ReadAsByteArrayAsync(attempt.Token).ConfigureAwait(false);
                    return (JsonSerializer.Deserialize(body, type) ?? throw new JsonException("the answer is null"), response.Headers);
                }

                wanted = response.Headers.RetryAfter?.Delta;
                failure = await FailureOfAsync(response, attempt.Token).ConfigureAwait(false);
            }
            catch (Exception cut) when (IsCut(cut))
            {
                cancellation.ThrowIfCancellationRequested();
                failure = new ServiceUnavailableException($"{Options.Url} did not answer: {cut.Message}", problem: null, cut);
                isRefused = false;
            }

            if (!failure.IsTransient || !(isRepeatable || isRefused) || Options.Clock.GetElapsedTime(started) > Options.RetryFor)
            {
                throw failure;
            }

            await backoff.PauseAsync(wanted, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The head of a stream's response; its body is read on.</summary>
    /// <exception cref="ActorFinanceException">The service says no.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await FailureOfAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a connection was cut or stood still: nothing is known of what was under way.</summary>
    public static bool IsCut(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException or RpcException or ServiceUnavailableException or JsonException { InnerException: IOException };

    public void Dispose()
    {
        _http.Dispose();
        if (_grpc is { IsValueCreated: true })
        {
            _grpc.Value.Dispose();
        }
    }

    private static SslClientAuthenticationOptions TrustOf(ActorFinanceClientOptions options)
    {
        if (options.Roots is not { } roots)
        {
            return new();
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return new() { CertificateChainPolicy = policy };
    }

    private static async Task<ActorFinanceException> FailureOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return ActorFinanceException.Of(JsonSerializer.Deserialize(body, ClientJson.Default.Problem)!);
        }

        // Not ours: a proxy, or another server.
        var status = (int)response.StatusCode;
        return ActorFinanceException.Of(new("unknown", status, $"{response.RequestMessage?.RequestUri} answered {status} {response.ReasonPhrase}"));
    }
}
