using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Agreements.Clock;

internal enum FlowDirection
{
    Received,
    Spent,
    Delivered,
}

/// <summary>A sum that an expression asks for: cash of one kind in or out, or what a seller delivered. What is null may be anything.</summary>
internal sealed record FlowQuestion(FlowDirection Direction, CompanyId Company, FlowKind? Kind, ExternalCategory? Category, CompanyId? Counterparty, Currency? Currency)
{
    /// <summary>How much of the sum one movement of cash is.</summary>
    public decimal Of(CashMovement movement)
    {
        var (self, other) = Direction == FlowDirection.Received ? (movement.To, movement.From) : (movement.From, movement.To);
        return Direction != FlowDirection.Delivered
            && !movement.InKind
            && self == Company
            && (Kind is null || Kind == movement.Kind)
            && (Category is null || Category == movement.Category)
            && (Counterparty is null || Counterparty == other)
            && movement.Amount.Currency == Currency
                ? movement.Amount.Amount
                : 0;
    }

    /// <summary>The same of a delivery.</summary>
    public decimal Of(CompanyId seller, PurchaseDelivered delivered) =>
        Direction == FlowDirection.Delivered && seller == Company && delivered.Buyer == Counterparty ? delivered.Quantity.Value : 0;
}

/// <summary>All that the expressions of a scenario ask of the state, so that a run keeps nothing else.</summary>
internal sealed class StateQuestions
{
    private readonly List<FlowQuestion> _flows = [];
    private readonly Dictionary<int, int> _periods = [];

    public IReadOnlyList<FlowQuestion> Flows => _flows;

    /// <summary>Issuers whose price is asked for.</summary>
    public HashSet<CompanyId> Priced { get; } = [];

    /// <summary>How many periods of a value are asked for; 0 for one of which only the present is.</summary>
    public int PeriodsBack(int value) => _periods.GetValueOrDefault(value);

    /// <summary>Some expression looks back so many periods of a value.</summary>
    public void LookBack(int value, int periods) => _periods[value] = Math.Max(PeriodsBack(value), periods);

    /// <summary>The number of a question; the same question has one number.</summary>
    public int Flow(FlowQuestion question)
    {
        var found = _flows.IndexOf(question);
        if (found < 0)
        {
            found = _flows.Count;
            _flows.Add(question);
        }

        return found;
    }
}
