using System.Collections.Immutable;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Model;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests;

/// <summary>A session on a temporary journal that can be closed and opened again, and the few words that tests send commands with.</summary>
internal sealed class OpenBook : IAsyncDisposable
{
    public static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SessionOptions _options;
    private int _commands;

    private OpenBook(SessionOptions options) => _options = options;

    public TemporaryJournal Journal { get; } = new();

    public JournalSession Session { get; private set; } = null!;

    public static async Task<OpenBook> OpenAsync(SessionOptions? options = null)
    {
        var book = new OpenBook(options ?? new());
        await book.OpenAgainAsync();
        return book;
    }

    public static ShareQuantity Shares(string quantity) => Value.Parse<ShareQuantity>(quantity);

    public static CommandEnvelope Order(string id, string company, CompanyCommand command, string effective = "2026-01-01") =>
        new(Value.Parse<CommandId>(id), Company(company), At(effective), command);

    public async Task OpenAgainAsync(SessionOptions? options = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        Session = (await JournalSession.OpenAsync(Journal.Path, options ?? _options, patience.Token)).Succeeded(out var session, out var error)
            ? session
            : throw new IOException(error.Message);
    }

    public async Task RestartAsync(SessionOptions? options = null)
    {
        await Session.DisposeAsync();
        await OpenAgainAsync(options);
    }

    public async Task<CommandReply> SendAsync(CommandEnvelope order)
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await Session.SubmitAsync(order.Company, [order], patience.Token)).Single();
    }

    public Task<CommandReply> SendAsync(string company, CompanyCommand command, string effective = "2026-01-01") =>
        SendAsync(Order($"command-{++_commands}", company, command, effective));

    public async Task<CommandReply.Accepted> AcceptedAsync(string company, CompanyCommand command, string effective = "2026-01-01") =>
        (await SendAsync(company, command, effective)).ShouldBeOfType<CommandReply.Accepted>();

    public async Task<T> RefusedAsync<T>(string company, CompanyCommand command)
        where T : Refusal =>
        (await SendAsync(company, command)).ShouldBeOfType<CommandReply.Refused>().Refusal.ShouldBeOfType<T>();

    public Task RegisterAsync(string company, CashPolicy policy = CashPolicy.AllowShortfall) =>
        AcceptedAsync(company, new RegisterCompany(company, Value.Parse<Currency>("USD"), CashPolicy: policy));

    /// <summary>A company that may not go below zero, with this cash.</summary>
    public async Task RegisterCarefulAsync(string company, string? cash = null)
    {
        await RegisterAsync(company, CashPolicy.RejectShortfall);
        if (cash is not null)
        {
            await AcceptedAsync(company, new ReceiveExternalCash(Money(cash), ExternalCategory.Opening));
        }
    }

    /// <summary>With a thousand common shares, all held by <c>founders</c> unless said otherwise.</summary>
    public async Task RegisterIssuerAsync(string company, CashPolicy policy = CashPolicy.AllowShortfall, string holder = "founders")
    {
        await RegisterAsync(company, policy);
        await AcceptedAsync(company, new CreateShareClass(Common, Value.Parse<Quantity>("1")));
        await AcceptedAsync(company, new IssueShares(Holder(holder), Common, Shares("1000")));
    }

    public async Task<ImmutableArray<RecordedEvent>> EventsAsync() => [.. await Journal.EventsAsync()];

    /// <summary>What the events after the first so many are, as <c>openai SharesIssued pending</c>.</summary>
    public async Task<IEnumerable<string>> StoryAsync(int after) =>
        (await EventsAsync()).Skip(after).Select(recorded =>
            $"{recorded.Header.Emitter} {recorded.Event.GetType().Name}{(recorded.Header.Role == StepRole.None ? "" : $" {recorded.Header.Role.ToString().ToLowerInvariant()}")}");

    public async Task<int> CountAsync() => (await EventsAsync()).Length;

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Journal.Dispose();
    }
}
