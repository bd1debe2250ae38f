using ActorFinance.Analysis.Ownership;

namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// Events times a factor. Amounts are rounded half-even to 10 decimals. What was issued for money follows from the new amount at the old price, rounded once
/// (<see cref="IssuePrices"/>); other shares are rounded half-even to the decimals of their class. A stated part of a class is that part of what the issue added to it.
/// </summary>
internal sealed class Scaling
{
    private readonly BranchEvents _events;
    private readonly decimal _factor;
    private readonly IssuePrices _prices;
    private readonly Lazy<Dictionary<(CompanyId Issuer, ShareClassId Class), int>> _decimals;
    private readonly Func<Money, Money> _times;
    private readonly Func<Quantity, Quantity> _measured;
    private readonly Func<ShareQuantity, ShareQuantity> _counted;
    private RecordedEvent? _scaled;
    private string? _rule;

    private Scaling(BranchEvents events, decimal factor)
    {
        (_events, _factor, _prices) = (events, factor, new(events));
        (_times, _measured, _counted) = (Times, Measured, Counted);
        _decimals = new(() => events.Among(events.Base.OfType(typeof(ShareClassCreated)), one => one.Event is ShareClassCreated)
            .DistinctBy(one => (one.Header.Emitter, ((ShareClassCreated)one.Event).Class))
            .ToDictionary(one => (one.Header.Emitter, ((ShareClassCreated)one.Event).Class), one => ((ShareClassCreated)one.Event).Decimals));
    }

    /// <summary>The rule that it breaks, or null.</summary>
    public static string? Apply(BranchEvents events, IReadOnlyList<RecordedEvent> whole, decimal factor, int place)
    {
        var scaling = new Scaling(events, factor);
        var fractions = scaling.Fractions(whole);
        var scaled = new List<RecordedEvent>(whole.Count);
        foreach (var recorded in whole)
        {
            if (fractions.TryGetValue(recorded.Offset, out var part))
            {
                scaled.Add(EventChange.With(recorded, ((SharesIssued)recorded.Event) with { FractionHeld = part }));
            }
            else if (scaling.Of(recorded) is { } fact)
            {
                scaled.Add(EventChange.With(recorded, fact));
            }
        }

        if (scaling._rule is not null || scaled.Count == 0)
        {
            return scaling._rule ?? NearestMatch.None("amount and no shares", whole);
        }

        foreach (var recorded in scaled)
        {
            events.Change(recorded, place);
        }

        return null;
    }

    private CompanyEvent? Of(RecordedEvent recorded)
    {
        _scaled = recorded;
        return recorded.Event is SharesIssued { Amount: { } amount } issued && _prices.Bought(recorded, Times(amount)) is { } bought
            ? issued with { Amount = Times(amount), Quantity = bought }
            : EventChange.Resized(recorded.Event, _times, _measured, _counted);
    }

    private Money Times(Money money) => Money.Of(Checked(money.Amount, Money.Decimals, money), money.Currency);

    private Quantity Measured(Quantity measure) => Quantity.Of(Checked(measure.Value, Money.Decimals, measure));

    private ShareQuantity Counted(ShareQuantity shares) => ShareQuantity.Of(Checked(shares.Value, DecimalsOf(_scaled!), shares, " shares"));

    private decimal Checked<T>(decimal value, int decimals, T said, string unit = "")
    {
        if (value == 0)
        {
            return 0;
        }

        if (ExactRatio.Product(value, _factor, decimals) is { } number && number != 0 && Math.Abs(number) < Money.Limit)
        {
            return number;
        }

        var what = Math.Abs(_factor) < 1 ? "nothing: 'drop' leaves events out" : $"{Money.Limit:0} or more";
        _rule ??= $"{TypeNames.Of(_scaled!.Event.GetType())} at offset {_scaled.Offset}: {said}{unit} times {EventChange.Text(_factor)} is {what}";
        return value;
    }

    private int DecimalsOf(RecordedEvent recorded)
    {
        ShareClassId? shareClass = recorded.Event switch
        {
            SharesIssued e => e.Class,
            SharesTransferred e => e.Class,
            SharesRepurchased e => e.Class,
            PoolReserved e => e.Class,
            WarrantGranted e => e.Class,
            WarrantExercised e => _events.EmittedBy(recorded.Header.Emitter).Select(one => one.Event).OfType<WarrantGranted>().FirstOrDefault(granted => granted.Warrant == e.Warrant)?.Class,
            ConvertibleConverted e => e.Class,
            _ => null,
        };
        return shareClass is { } id ? _decimals.Value.GetValueOrDefault((recorded.Header.Emitter, id)) : 0;
    }

    /// <summary>
    /// What the holders of a stated part of a class have afterwards: of what each chosen issue added, the factor; and what earlier chosen ones took or gave stays
    /// taken or given until the part is stated anew.
    /// </summary>
    private Dictionary<Offset, Fraction> Fractions(IReadOnlyList<RecordedEvent> whole)
    {
        var chosen = whole.Where(recorded => recorded.Event is SharesIssued { FractionHeld: not null }).Select(recorded => recorded.Offset).ToHashSet();
        var parts = new Dictionary<Offset, Fraction>();
        foreach (var issuer in whole.Where(recorded => chosen.Contains(recorded.Offset)).Select(recorded => recorded.Header.Emitter).Distinct().Order())
        {
            var (register, moved) = (new IssuerRegister(issuer), new Dictionary<(ShareClassId, HolderId), decimal>());
            foreach (var recorded in _events.EmittedBy(issuer).Where(recorded => ShareEvents.Concern(recorded.Event)))
            {
                if (recorded.Event is SharesIssued { FractionHeld: { } held } issued && register.Class(issued.Class) is { Outstanding: > 0 } shares)
                {
                    var holder = (issued.Class, issued.Holder);
                    var added = held.Value - (shares.HeldBy(issued.Holder) / shares.Outstanding);
                    moved[holder] = chosen.Contains(recorded.Offset) ? moved.GetValueOrDefault(holder) + (added * (_factor - 1)) : 0;
                    var part = decimal.Round(held.Value + moved[holder], Fraction.Decimals, MidpointRounding.ToEven);
                    if (chosen.Contains(recorded.Offset) && part is >= 0 and <= 1)
                    {
                        parts[recorded.Offset] = Fraction.Of(part);
                    }
                    else if (chosen.Contains(recorded.Offset))
                    {
                        _rule ??= $"shares-issued at offset {recorded.Offset}: {issued.Holder} would hold {Numbers.Text(part)} of {issued.Class}, and a part is from 0 to 1";
                    }
                }

                register.Apply(recorded);
            }
        }

        return parts;
    }
}
