using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Agreements.Clock;

/// <summary>The sums that are asked for, over all time and since an instant: what history came to is shared between runs, what a run adds is its own.</summary>
internal sealed class FlowSums
{
    private readonly IReadOnlyList<FlowQuestion> _questions;
    private readonly FlowSums? _history;

    /// <summary>By question: when a sum changed, and what it then was.</summary>
    private readonly List<(Instant At, decimal Sum)>[] _steps;

    private FlowSums(IReadOnlyList<FlowQuestion> questions, FlowSums? history)
    {
        _questions = questions;
        _history = history;
        _steps = [.. questions.Select(_ => new List<(Instant, decimal)>())];
    }

    public static FlowSums Empty(IReadOnlyList<FlowQuestion> questions) => new(questions, history: null);

    /// <summary>Goes on from here, leaving this as it is.</summary>
    public FlowSums Fork() => new(_questions, this);

    public void Add(Instant at, CashMovement movement)
    {
        for (var i = 0; i < _questions.Count; i++)
        {
            Add(i, at, _questions[i].Of(movement));
        }
    }

    public void Add(Instant at, CompanyId seller, PurchaseDelivered delivered)
    {
        for (var i = 0; i < _questions.Count; i++)
        {
            Add(i, at, _questions[i].Of(seller, delivered));
        }
    }

    public decimal Total(int question) => _steps[question] is [.., var last] ? last.Sum : _history?.Total(question) ?? 0;

    /// <summary>What came later than the instant.</summary>
    public decimal After(int question, Instant start) => Total(question) - UpTo(question, start);

    private decimal UpTo(int question, Instant end)
    {
        var steps = _steps[question];
        var (low, high) = (0, steps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = steps[middle].At <= end ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? steps[low - 1].Sum : _history?.UpTo(question, end) ?? 0;
    }

    private void Add(int question, Instant at, decimal amount)
    {
        if (amount != 0)
        {
            _steps[question].Add((at, Total(question) + amount));
        }
    }
}
