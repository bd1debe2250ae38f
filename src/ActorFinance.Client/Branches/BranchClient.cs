using System.Globalization;
using System.Text.Json;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>
/// What-ifs that are kept by name beside the journal. What writes is sent once: when its answer is lost (<see cref="ServiceUnavailableException"/>), <see cref="FindAsync"/> or
/// <see cref="JobClient.ListAsync"/> tells whether it was taken.
/// </summary>
public sealed class BranchClient
{
    private readonly ServiceConnection _connection;
    private readonly JobClient _jobs;

    internal BranchClient(ServiceConnection connection, JobClient jobs) => (_connection, _jobs) = (connection, jobs);

    /// <summary>By name.</summary>
    /// <param name="all">Archived ones too.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<IReadOnlyList<KeptBranch>> ListAsync(bool all = false, CancellationToken cancellation = default) =>
        (await _connection.AskAsync(() => new(HttpMethod.Get, QueryText.Of("/v1/branches", [("all", all ? "true" : null)])), ClientJson.Default.BranchList, cancellation).ConfigureAwait(false)).Branches;

    /// <exception cref="NotFoundException">There is none of that name.</exception>
    public async Task<KeptBranch> FindAsync(string name, CancellationToken cancellation = default) =>
        Only(await _connection.AskAsync(() => new(HttpMethod.Get, AddressOf(name)), ClientJson.Default.BranchList, cancellation).ConfigureAwait(false));

    /// <summary>Keeps a what-if. What cannot be applied is not kept.</summary>
    /// <param name="name">Lowercase letters, digits and single dashes, at most 64.</param>
    /// <param name="file">A what-if file: YAML, or JSON of the same shape.</param>
    /// <param name="from">A branch whose edits come first.</param>
    /// <param name="asKnownOffset">What it stands on; null: the journal as it is, or what <paramref name="from"/> stands on.</param>
    /// <param name="reason">Why; null: as the file says.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="InvalidRequestException">The file breaks a rule; <see cref="Problem.Errors"/> names each with line and column.</exception>
    /// <exception cref="ConflictException">The name is taken.</exception>
    public Task<Job<KeptBranch>> KeepAsync(string name, string file, string? from = null, long? asKnownOffset = null, string? reason = null, CancellationToken cancellation = default) =>
        WriteAsync(() => JobClient.Filed(HttpMethod.Put, QueryText.Of(AddressOf(name), [("from", from), ("asKnown", OffsetOf(asKnownOffset)), ("reason", reason)]), file), cancellation);

    /// <summary>Other edits for a kept branch; those before stay in its journal.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="file">A what-if file: YAML, or JSON of the same shape.</param>
    /// <param name="append">After the edits that are there, not in their place.</param>
    /// <param name="asKnownOffset">What it stands on from now on; null: as before.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="InvalidRequestException">The file breaks a rule; <see cref="Problem.Errors"/> names each with line and column.</exception>
    /// <exception cref="ConflictException">It is archived or promoted.</exception>
    public Task<Job<KeptBranch>> EditAsync(string name, string file, bool append = false, long? asKnownOffset = null, string? reason = null, CancellationToken cancellation = default) =>
        WriteAsync(
            () => JobClient.Filed(HttpMethod.Post, QueryText.Of($"{AddressOf(name)}/edit", [("append", append ? "true" : null), ("asKnown", OffsetOf(asKnownOffset)), ("reason", reason)]), file),
            cancellation);

    /// <summary>Beside the base that it stands on; the question's <see cref="WhatIfQuestion.AsKnownOffset"/> must be null.</summary>
    public Task<Job<WhatIfAnswer>> ShowAsync(string name, WhatIfQuestion? question = null, CancellationToken cancellation = default) =>
        _jobs.BeginAsync(() => new(HttpMethod.Post, QueryText.Of($"{AddressOf(name)}/show", question?.Parameters())), WhatIfAnswer.Of, isRepeatable: true, cancellation);

    /// <summary>Several side by side on one base: the newest that one of them stands on, unless the question says another.</summary>
    public Task<Job<WhatIfAnswer>> CompareAsync(IEnumerable<string> names, WhatIfQuestion? question = null, CancellationToken cancellation = default)
    {
        List<(string, string?)> parameters = [.. names.Select(name => ("name", (string?)name)), .. question?.Parameters() ?? []];
        return _jobs.BeginAsync(() => new(HttpMethod.Post, QueryText.Of("/v1/branches/compare", parameters)), WhatIfAnswer.Of, isRepeatable: true, cancellation);
    }

    /// <summary>Offers the orders that it inserts to the companies: all are written, or none.</summary>
    /// <exception cref="ConflictException">It changes what is recorded, or is archived or promoted.</exception>
    public Task<Job<KeptBranch>> PromoteAsync(string name, CancellationToken cancellation = default) => WriteAsync(() => Bare($"{AddressOf(name)}/promote"), cancellation);

    /// <exception cref="ConflictException">The name is taken.</exception>
    public Task<KeptBranch> RenameAsync(string name, string to, CancellationToken cancellation = default) => AskAsync(QueryText.Of($"{AddressOf(name)}/rename", [("to", to)]), cancellation);

    /// <summary>Takes it out of the list; nothing is lost.</summary>
    /// <exception cref="ConflictException">It is archived.</exception>
    public Task<KeptBranch> ArchiveAsync(string name, string? reason = null, CancellationToken cancellation = default) => AskAsync(QueryText.Of($"{AddressOf(name)}/archive", [("reason", reason)]), cancellation);

    private static string AddressOf(string name) => $"/v1/branches/{Uri.EscapeDataString(name)}";

    private static string? OffsetOf(long? offset) => offset?.ToString(CultureInfo.InvariantCulture);

    /// <summary>An empty body, and not none: a request that has none is sent again by the framework when its connection is closed.</summary>
    private static HttpRequestMessage Bare(string address) => new(HttpMethod.Post, address) { Content = new ByteArrayContent([]) };

    private static KeptBranch Only(BranchList list) => list.Branches.Single();

    private Task<Job<KeptBranch>> WriteAsync(Func<HttpRequestMessage> request, CancellationToken cancellation) =>
        _jobs.BeginAsync(request, answer => Only(answer.Deserialize(ClientJson.Default.BranchList)!), isRepeatable: false, cancellation);

    private async Task<KeptBranch> AskAsync(string address, CancellationToken cancellation) =>
        Only(await _connection.AskAsync(() => Bare(address), ClientJson.Default.BranchList, cancellation, isRepeatable: false).ConfigureAwait(false));
}
