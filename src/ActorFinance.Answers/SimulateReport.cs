using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Answers;

/// <summary>A run with what it was run on, and the book that it ends with.</summary>
public sealed record SimulateReport(Simulation Simulation, History History, ParameterValues Parameters, SimulationRun Run, CompanyId? Company)
{
    private readonly Lazy<Book> _book = new(() => Run.BookAfter(History));

    /// <summary>History and what was generated.</summary>
    public Book Book => _book.Value;

    public IReadOnlyList<CashBalance> Cash => [.. CashFold.Of(_book.Value.At(new(Run.End, AsKnown.All))).Balances.Where(balance => Company is null || balance.Company == Company)];

    public IEnumerable<(CompanyId Issuer, IssuerOwnership Table)> Stakes => OwnershipTable.Of(new OwnershipIndex(_book.Value).At(new(Run.End, AsKnown.All)), OwnershipBasis.Outstanding).Issuers
        .Where(issuer => Company is null || issuer.Issuer == Company || issuer.Holders.Any(holder => holder.Holder == HolderId.Of(Company.Value)))
        .Select(issuer => (issuer.Issuer, issuer));

    public JsonObject ToJson()
    {
        var (simulation, run) = (Simulation, Run);
        return new()
        {
            ["version"] = JsonAnswer.Version,
            ["scenario"] = simulation.Name,
            ["from"] = simulation.Start.ToString(),
            ["until"] = run.End.ToString(),
            ["base"] = History.Cut is { } cut ? new JsonObject { ["offset"] = cut.Offset.Value, ["time"] = cut.Time?.ToString() } : null,
            ["parameters"] = new JsonObject(simulation.ParameterList.Select((parameter, i) => KeyValuePair.Create(parameter.Name, (JsonNode?)Parameters.Text(i)))),
            ["fault"] = run.Fault?.ToString(),
            ["events"] = JsonAnswer.List(run.Events, each => new JsonObject
            {
                ["eventId"] = each.Envelope.Header.Id.ToString(),
                ["effective"] = each.Envelope.Header.EffectiveAt.ToString(),
                ["rank"] = each.Envelope.Header.Rank,
                ["company"] = each.Envelope.Header.Emitter.Value,
                ["type"] = EventText.TypeOf(each.Envelope.Event),
                ["deal"] = each.Envelope.Header.Deal?.Value,
                ["agreement"] = each.Agreement,
                ["trigger"] = each.Trigger,
                ["command"] = each.Envelope.Header.Command.Value,
                ["causation"] = each.Envelope.Header.Causation?.ToString(),
                ["source"] = each.Envelope.Header.Source,
                ["fields"] = EventText.FieldsOf(each.Envelope.Event),
            }),
            ["refusals"] = JsonAnswer.List(run.Refusals, refused => new JsonObject
            {
                ["at"] = refused.At.ToString(),
                ["agreement"] = refused.Agreement,
                ["trigger"] = refused.Trigger,
                ["company"] = refused.Command.Company.Value,
                ["code"] = refused.Refusal.Code,
                ["message"] = refused.Refusal.Message,
            }),
            ["figures"] = JsonAnswer.List(run.Readings, reading => new JsonObject
            {
                ["at"] = reading.At.ToString(),
                ["values"] = new JsonObject(simulation.Figures.Select((figure, i) => KeyValuePair.Create(figure, (JsonNode?)Node(reading.Values[i])))),
            }),
            ["balances"] = JsonAnswer.List(Cash, balance => new JsonObject
            {
                ["company"] = balance.Company.Value,
                ["currency"] = balance.Currency.Code,
                ["amount"] = JsonAnswer.Amount(balance.Amount),
                ["lowest"] = Point(balance.Lowest),
                ["firstShortfall"] = Point(balance.FirstShortfall),
            }),
        };
    }

    /// <summary>A value without its unit, in plain notation.</summary>
    public static string? Plain(ExpressionValue? value) => value switch
    {
        null => null,
        { Kind: ValueKind.Money or ValueKind.Shares or ValueKind.Ratio } number => JsonAnswer.Amount(number.Number),
        { } other => other.ToString(),
    };

    public static string? Unit(ExpressionValue? value) => value is { Kind: ValueKind.Money } money ? money.Currency.Code : null;

    private static JsonObject? Point(CashPoint? point) =>
        point is null ? null : new JsonObject { ["amount"] = JsonAnswer.Amount(point.Amount), ["at"] = point.At.ToString(), ["eventId"] = point.EventId.ToString() };

    private static JsonObject? Node(ExpressionValue? value) =>
        value is { } known ? new JsonObject { ["kind"] = ExpressionType.NameOf(known.Kind), ["value"] = Plain(known), ["unit"] = Unit(known) } : null;
}
