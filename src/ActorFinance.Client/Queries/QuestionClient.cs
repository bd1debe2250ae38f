using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>Asks the book. Every method can throw <see cref="InvalidRequestException"/>, <see cref="NotFoundException"/>, <see cref="NoAnswerException"/>, <see cref="TooLateException"/>, <see cref="AccessDeniedException"/> and <see cref="ServiceUnavailableException"/>.</summary>
public sealed class QuestionClient
{
    private const string NextPage = "; rel=\"next\"";

    private readonly ServiceConnection _connection;

    internal QuestionClient(ServiceConnection connection) => _connection = connection;

    /// <summary>Cash of each company: balance, lowest point, first shortfall, and what is still owed.</summary>
    public Task<CashAnswer> CashAsync(Question? question = null, CancellationToken cancellation = default) =>
        AskAsync("/v1/cash", question, ClientJson.Default.CashAnswer, cancellation);

    /// <summary>Who holds how much of whom, directly, through others, and in the end; who controls whom.</summary>
    public Task<OwnershipAnswer> OwnershipAsync(OwnershipQuestion? question = null, CancellationToken cancellation = default) =>
        AskAsync("/v1/ownership", question, ClientJson.Default.OwnershipAnswer, cancellation);

    /// <summary>How much of the money only goes round.</summary>
    public Task<CircularAnswer> CircularAsync(CircularQuestion? question = null, CancellationToken cancellation = default) =>
        AskAsync("/v1/circular", question, ClientJson.Default.CircularAnswer, cancellation);

    /// <summary>The deals with their latest terms, and what was promised under each.</summary>
    public Task<DealsAnswer> DealsAsync(Question? question = null, CancellationToken cancellation = default) =>
        AskAsync("/v1/deals", question, ClientJson.Default.DealsAnswer, cancellation);

    /// <summary>The events that count at a point, in fold order, page by page as they are taken; all pages are of the same point.</summary>
    public async IAsyncEnumerable<EventRecord> EventsAsync(EventsQuestion? question = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var address = QueryText.Of("/v1/events", question?.Parameters());
        while (address is not null)
        {
            var from = address;
            var (page, headers) = await _connection.AskWithHeadersAsync(() => new(HttpMethod.Get, from), ClientJson.Default.EventsPage, cancellation).ConfigureAwait(false);
            foreach (var one in page.Events)
            {
                yield return one;
            }

            address = headers.TryGetValues("Link", out var links) && links.FirstOrDefault(link => link.EndsWith(NextPage, StringComparison.Ordinal)) is { } next
                ? next[1..^(NextPage.Length + 1)]
                : null;
        }
    }

    internal async Task<long> LastOffsetAsync(CancellationToken cancellation) =>
        (await AskAsync("/v1/status", question: null, ClientJson.Default.StatusMessage, cancellation).ConfigureAwait(false)).Journal.Offset;

    private Task<T> AskAsync<T>(string path, Question? question, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var address = QueryText.Of(path, question?.Parameters());
        return _connection.AskAsync(() => new(HttpMethod.Get, address), type, cancellation);
    }
}
