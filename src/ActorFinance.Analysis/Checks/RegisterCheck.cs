using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Checks;

/// <summary>
/// Folds the registers of all issuers by itself, apart from the ownership figures that it vouches for, and keeps what is outstanding apart from
/// what is held: issues and cancellations change the one, holders' changes the other.
/// </summary>
internal sealed class RegisterCheck
{
    private readonly Dictionary<(CompanyId, ShareClassId), Class> _classes = [];
    private readonly Dictionary<(CompanyId, WarrantId), WarrantGranted> _warrants = [];
    private readonly Dictionary<(CompanyId, ConvertibleId), ConvertibleRegistered> _convertibles = [];
    private readonly Counted _counted;
    private readonly List<Finding> _findings = [];

    private RegisterCheck(Counted counted) => _counted = counted;

    public static IReadOnlyList<Finding> Of(Counted counted)
    {
        var check = new RegisterCheck(counted);
        foreach (var recorded in counted.Events)
        {
            check.Apply(recorded);
        }

        foreach (var ((issuer, id), shares) in check._classes.OrderBy(c => c.Key))
        {
            var held = shares.Holdings.Values.Sum();
            if (held != shares.Outstanding)
            {
                check._findings.Add(new(
                    "shares-not-conserved",
                    $"{issuer} has {Numbers.Text(shares.Outstanding)} {id} outstanding, its holders have {Numbers.Text(held)}",
                    null));
            }
        }

        return check._findings;
    }

    private void Apply(RecordedEvent recorded)
    {
        var issuer = recorded.Header.Emitter;
        switch (recorded.Event)
        {
            case ShareClassCreated e:
                Create(issuer, e);
                break;
            case SharesIssued { FractionHeld: { } fraction } e:
                GiveFraction(recorded, e, fraction);
                break;
            case SharesIssued { Quantity: { } quantity } e:
                Issue(recorded, e.Class, e.Holder, quantity.Value);
                break;
            case SharesTransferred e:
                Change(recorded, e.Class, e.From, -e.Quantity.Value);
                Change(recorded, e.Class, e.To, e.Quantity.Value);
                break;
            case SharesRepurchased e:
                Issue(recorded, e.Class, e.Holder, -e.Quantity.Value);
                break;
            case SharesSplit e:
                Split(recorded, e);
                break;
            case WarrantGranted e:
                _warrants[(issuer, e.Warrant)] = e;
                break;
            case WarrantExercised e when _warrants.TryGetValue((issuer, e.Warrant), out var warrant):
                Issue(recorded, warrant.Class, warrant.Holder, e.Quantity.Value);
                break;
            case WarrantExercised e:
                Report(recorded, "unknown-warrant", $"warrant {e.Warrant} of {issuer}");
                break;
            case ConvertibleRegistered e:
                _convertibles[(issuer, e.Convertible)] = e;
                break;
            case ConvertibleConverted e when _convertibles.TryGetValue((issuer, e.Convertible), out var convertible):
                Issue(recorded, e.Class, convertible.Holder, e.Quantity.Value);
                break;
            case ConvertibleConverted e:
                Report(recorded, "unknown-convertible", $"convertible {e.Convertible} of {issuer}");
                break;
            default:
                break;
        }
    }

    private void Create(CompanyId issuer, ShareClassCreated created)
    {
        var shares = new Class { Decimals = created.Decimals };
        if (created.Notional)
        {
            shares.Outstanding = ShareClassCreated.NotionalUnits;
            shares.Holdings[HolderId.Outside] = ShareClassCreated.NotionalUnits;
        }

        _classes[(issuer, created.Class)] = shares;
    }

    private void Issue(RecordedEvent recorded, ShareClassId id, HolderId holder, decimal quantity)
    {
        if (ClassOf(recorded, id) is { } shares)
        {
            shares.Outstanding += quantity;
            Change(recorded, id, holder, quantity);
        }
    }

    private void GiveFraction(RecordedEvent recorded, SharesIssued issued, Fraction fraction)
    {
        if (ClassOf(recorded, issued.Class) is { } shares)
        {
            var afterwards = Math.Round(fraction.Value * shares.Outstanding, shares.Decimals, MidpointRounding.ToEven);
            var given = afterwards - shares.Holdings.GetValueOrDefault(issued.Holder);
            Change(recorded, issued.Class, HolderId.Outside, -given);
            Change(recorded, issued.Class, issued.Holder, given);
        }
    }

    private void Split(RecordedEvent recorded, SharesSplit split)
    {
        if (ClassOf(recorded, split.Class) is { } shares)
        {
            foreach (var holder in shares.Holdings.Keys.ToList())
            {
                shares.Holdings[holder] = Math.Round(
                    shares.Holdings[holder] * split.Numerator / split.Denominator,
                    shares.Decimals,
                    MidpointRounding.ToEven);
            }

            shares.Outstanding = shares.Holdings.Values.Sum();
        }
    }

    private void Change(RecordedEvent recorded, ShareClassId id, HolderId holder, decimal quantity)
    {
        if (ClassOf(recorded, id) is not { } shares)
        {
            return;
        }

        var has = shares.Holdings.GetValueOrDefault(holder);
        shares.Holdings[holder] = has + quantity;
        if (quantity < 0 && has + quantity < 0)
        {
            Report(
                recorded,
                "holding-negative",
                $"{Numbers.Text(-quantity)} {id} of {recorded.Header.Emitter} held by {holder}, who has {Numbers.Text(has)}");
        }
    }

    private Class? ClassOf(RecordedEvent recorded, ShareClassId id)
    {
        if (_classes.TryGetValue((recorded.Header.Emitter, id), out var shares))
        {
            return shares;
        }

        Report(recorded, "unknown-share-class", $"share class {id} of {recorded.Header.Emitter}");
        return null;
    }

    private void Report(RecordedEvent recorded, string code, string needs)
    {
        _counted.Lacks(recorded, needs);
        _findings.Add(new(code, $"event {recorded.Header.Id} needs {needs}", recorded.Header.Id));
    }

    private sealed class Class
    {
        public int Decimals { get; init; }

        public decimal Outstanding { get; set; }

        public Dictionary<HolderId, decimal> Holdings { get; } = [];
    }
}
