using System.Text.Json.Nodes;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Answers;

/// <summary>Branches of one base beside it, and beside each other.</summary>
public sealed record WhatIfReport(BranchView View, BaseFigures Base, IReadOnlyList<BranchSide> Sides)
{
    /// <summary>How likely each branch is, in their order, together 1 at most; none when nobody said.</summary>
    public IReadOnlyList<decimal> Probabilities { get; init; } = [];

    /// <summary>The figures weighted by these, beside those of the base; none without them.</summary>
    public IReadOnlyList<FigureDifference> Expected => field ??= Weighted([.. Sides.Select(side => side.Differences)]);

    /// <summary>The same over time, at each point at which some branch is shown; none without probabilities or without a series.</summary>
    public IReadOnlyList<BranchPoint> ExpectedSeries => field ??= Probabilities.Count == 0
        ? []
        : [.. Sides.SelectMany(side => side.Series).Select(point => point.At).Distinct().Order().Select(at => new BranchPoint(at, Weighted([.. Sides.Select(side => side.DifferencesAt(Base, View, at))])))];

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Base.Base.Resolved with { Cut = View.Cut }, []);
        if (Probabilities.Count > 0)
        {
            json["expected"] = new JsonObject
            {
                ["probabilities"] = JsonAnswer.List(Probabilities, probability => JsonAnswer.Ratio((double)probability)),
                ["figures"] = JsonAnswer.List(Expected, Weighted),
                ["series"] = JsonAnswer.List(ExpectedSeries, point => new JsonObject { ["at"] = point.At.ToString(), ["figures"] = JsonAnswer.List(point.Differences, Weighted) }),
            };
        }

        if (Sides is [var one])
        {
            Write(json, one);
            return json;
        }

        json["branches"] = JsonAnswer.List(Sides, side =>
        {
            var branch = new JsonObject { ["name"] = side.Name };
            Write(branch, side);
            return branch;
        });
        return json;
    }

    /// <summary>What each creditor of the company that defaults is owed and gets.</summary>
    public static IEnumerable<Analysis.Cascade.CascadeCreditor> CreditorsOf(BranchCascade cascade) =>
        cascade.Answer?.Creditors.Where(creditor => creditor.Debtor == cascade.Default.Company) ?? [];

    private static JsonObject Weighted(FigureDifference figure) => FigureAnswer.ToJson(figure.Key, figure.Branch!);

    private IReadOnlyList<FigureDifference> Weighted(IReadOnlyList<IReadOnlyList<FigureDifference>> sides)
    {
        if (Probabilities.Count == 0)
        {
            return [];
        }

        var bases = sides.SelectMany(differences => differences).DistinctBy(difference => difference.Key).ToDictionary(difference => difference.Key, difference => difference.Base);
        return [.. ExpectedFigures.Of([.. sides.Select((differences, i) => (Probabilities[i], differences))]).Select(figure => new FigureDifference(figure.Key, bases[figure.Key], figure.Value))];
    }

    /// <summary>The parts that each branch has.</summary>
    private static void Write(JsonObject json, BranchSide side)
    {
        json["whatIf"] = side.File?.Name;
        json["edits"] = JsonAnswer.List(side.Edits, edit => new JsonObject { ["operation"] = EditText.NameOf(edit), ["text"] = EditText.Of(edit), ["reason"] = edit.Reason ?? side.File?.Reason, ["source"] = edit.Source ?? side.File?.Source });
        json["firstDivergence"] = side.Comparison.FirstDivergence is { } first ? Change(first) : null;
        json["changes"] = JsonAnswer.List(side.Branch.Changes, Change);
        json["misfits"] = JsonAnswer.List(side.Branch.Misfits, misfit => new JsonObject
        {
            ["eventId"] = misfit.Event.ToString(), ["company"] = misfit.Company.Value, ["code"] = misfit.Refusal.Code, ["message"] = misfit.Refusal.Message,
        });
        json["cascades"] = JsonAnswer.List(side.Cascades, cascade => new JsonObject
        {
            ["edit"] = cascade.Edit + 1,
            ["company"] = cascade.Default.Company.Value,
            ["missing"] = cascade.Missing,
            ["currency"] = cascade.Answer?.Currency?.Code,
            ["failWithout"] = JsonAnswer.List(cascade.Without, company => company.Value),
            ["rounds"] = JsonAnswer.List(cascade.Answer?.Rounds ?? [], round => new JsonObject { ["round"] = round.Number, ["failed"] = JsonAnswer.List(round.Failed, company => company.Value) }),
            ["writeOffs"] = JsonAnswer.List(cascade.WriteOffs, off => new JsonObject
            {
                ["creditor"] = off.Creditor.Value, ["currency"] = off.Currency.Code, ["amount"] = JsonAnswer.Amount(off.Amount), ["revenueToReverse"] = JsonAnswer.Amount(off.RevenueToReverse),
            }),
            ["creditors"] = JsonAnswer.List(CreditorsOf(cascade), creditor => new JsonObject
            {
                ["creditor"] = creditor.Creditor?.Value ?? HolderId.Outside.Value, ["owed"] = JsonAnswer.Amount(creditor.Owed), ["received"] = JsonAnswer.Amount(creditor.Received),
            }),
        });
        json["differences"] = JsonAnswer.List(side.Differences, FigureAnswer.ToJson);
        json["series"] = JsonAnswer.List(side.Series, point => new JsonObject { ["at"] = point.At.ToString(), ["differences"] = JsonAnswer.List(point.Differences, FigureAnswer.ToJson) });
    }

    private static JsonObject Change(BranchChange change) => new()
    {
        ["edit"] = change.Edit < 0 ? null : change.Edit + 1,
        ["change"] = change.Before is null ? "added" : change.After is null ? "dropped" : "changed",
        ["eventId"] = (change.Before ?? change.After)!.Header.Id.ToString(),
        ["type"] = EventText.TypeOf((change.Before ?? change.After)!.Event),
        ["company"] = (change.Before ?? change.After)!.Header.Emitter.Value,
        ["before"] = Event(change.Before),
        ["after"] = Event(change.After),
    };

    private static JsonObject? Event(RecordedEvent? recorded) =>
        recorded is null ? null : new JsonObject { ["effective"] = recorded.Header.EffectiveAt.ToString(), ["fields"] = EventText.FieldsOf(recorded.Event) };
}
