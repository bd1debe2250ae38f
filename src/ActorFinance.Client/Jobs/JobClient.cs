using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>Questions that take long: what-ifs and simulations. The service works on one at a time and keeps the answers of the latest.</summary>
public sealed class JobClient
{
    private readonly ServiceConnection _connection;

    internal JobClient(ServiceConnection connection) => _connection = connection;

    /// <summary>Edits the events of the book, never the book, and sees which figures change.</summary>
    /// <param name="file">A what-if file: YAML, or JSON of the same shape.</param>
    /// <param name="question">What is compared; null: every figure, at the end.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="InvalidRequestException">The file breaks a rule; <see cref="Problem.Errors"/> names each with line and column.</exception>
    public Task<Job<WhatIfAnswer>> WhatIfAsync(string file, WhatIfQuestion? question = null, CancellationToken cancellation = default) =>
        BeginAsync(() => Filed(HttpMethod.Post, QueryText.Of("/v1/what-if", question?.Parameters()), file), WhatIfAnswer.Of, isRepeatable: true, cancellation);

    /// <summary>Runs agreements on a model clock: once, many times with drawn parameters, or over ranges. The answer is the document that the schemas of the reference page describe.</summary>
    /// <param name="file">A scenario file: YAML, or JSON of the same shape.</param>
    /// <param name="question">How far and how often; null: once, on an empty book.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="InvalidRequestException">The file breaks a rule; <see cref="Problem.Errors"/> names each with line and column.</exception>
    public Task<Job<JsonElement>> SimulateAsync(string file, SimulationQuestion? question = null, CancellationToken cancellation = default) =>
        BeginAsync(() => Filed(HttpMethod.Post, QueryText.Of("/v1/simulate", question?.Parameters()), file), answer => answer, isRepeatable: true, cancellation);

    /// <summary>The caller's jobs, oldest first; an admin's answer has all.</summary>
    public async Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellation = default) =>
        (await _connection.AskAsync(() => new(HttpMethod.Get, "/v1/jobs"), ClientJson.Default.JobList, cancellation).ConfigureAwait(false)).Jobs;

    /// <summary>A job that was begun before, by its id; its answer is the document that the command line prints.</summary>
    public Job<JsonElement> Find(string id) => new(_connection, id, answer => answer);

    /// <param name="request">Begins it.</param>
    /// <param name="read">Makes the answer of its document.</param>
    /// <param name="isRepeatable">Whether to begin it twice changes nothing but the load; else it is sent once.</param>
    /// <param name="cancellation">Ends the asking.</param>
    internal async Task<Job<T>> BeginAsync<T>(Func<HttpRequestMessage> request, Func<JsonElement, T> read, bool isRepeatable, CancellationToken cancellation)
    {
        var begun = await _connection.AskAsync(request, ClientJson.Default.JobStatus, cancellation, isRepeatable).ConfigureAwait(false);
        return new(_connection, begun.Id, read);
    }

    internal static HttpRequestMessage Filed(HttpMethod method, string address, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(method, address) { Content = new StringContent(file, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml")) };
    }
}
