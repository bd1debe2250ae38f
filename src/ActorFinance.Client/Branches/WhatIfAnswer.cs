using System.Text.Json;
using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>One branch beside its base, or several beside the same.</summary>
/// <param name="AsOf"><inheritdoc /></param>
/// <param name="AsKnown"><inheritdoc /></param>
/// <param name="IncompleteKnowledge"><inheritdoc /></param>
/// <param name="Branches">In the order that was asked for; a what-if file is the only one.</param>
/// <param name="Expected">Weighted by how likely each branch is; null where no probability was said.</param>
public sealed record WhatIfAnswer(
    DateTimeOffset AsOf, KnownPoint AsKnown, IReadOnlyList<UngroundedEvent> IncompleteKnowledge, IReadOnlyList<BranchAnswer> Branches, ExpectedFigures? Expected)
    : Answer(AsOf, AsKnown, IncompleteKnowledge)
{
    /// <summary>A single branch stands in the document itself, several in a list.</summary>
    internal static WhatIfAnswer Of(JsonElement document)
    {
        var answer = document.Deserialize(ClientJson.Default.WhatIfAnswer)!;
        return answer.Branches is null ? answer with { Branches = [document.Deserialize(ClientJson.Default.BranchAnswer)!] } : answer;
    }
}

/// <summary>What a branch changes.</summary>
/// <param name="Name">As it is kept; null of a what-if that is not.</param>
/// <param name="WhatIf">What its file calls itself.</param>
/// <param name="Edits">In the order in which they apply.</param>
/// <param name="FirstDivergence">The first event that is not as in the base; null where there is none.</param>
/// <param name="Changes">All such events, in fold order.</param>
/// <param name="Misfits">Facts whose ground an edit took: they and their steps are left out.</param>
/// <param name="Differences">By measure; within one, the greatest change first. Figures that are the same are left out.</param>
/// <param name="Series">At the end of each period, where that was asked for.</param>
/// <param name="Cascades">For each company that defaults: who loses what, as the reference page describes it.</param>
public sealed record BranchAnswer(
    string? Name,
    string? WhatIf,
    IReadOnlyList<AppliedEdit> Edits,
    EventChange? FirstDivergence,
    IReadOnlyList<EventChange> Changes,
    IReadOnlyList<Misfit> Misfits,
    IReadOnlyList<FigureDifference> Differences,
    IReadOnlyList<DifferencesAt> Series,
    JsonElement Cascades);

/// <param name="Operation">Such as <c>scale</c>.</param>
/// <param name="Text">As the command line writes it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where it is from.</param>
public sealed record AppliedEdit(string Operation, string Text, string? Reason, string? Source);

/// <param name="Edit">The edit that did it, from 1; null for a fact that lost its ground.</param>
/// <param name="Change"><c>added</c>, <c>dropped</c> or <c>changed</c>.</param>
/// <param name="EventId">The event.</param>
/// <param name="Type">Such as <c>investment-made</c>.</param>
/// <param name="Company">Whose it is.</param>
/// <param name="Before">Null of one that is added.</param>
/// <param name="After">Null of one that is dropped.</param>
public sealed record EventChange(int? Edit, string Change, string EventId, string Type, string Company, EventContent? Before, EventContent? After);

/// <param name="Effective">When it holds.</param>
/// <param name="Fields">By name; decimals are strings in plain notation.</param>
public sealed record EventContent(DateTimeOffset Effective, JsonElement Fields);

/// <param name="EventId">The fact.</param>
/// <param name="Company">Whose it is.</param>
/// <param name="Code">The rule that it breaks.</param>
/// <param name="Message">In words.</param>
public sealed record Misfit(string EventId, string Company, string Code, string Message);

/// <param name="Measure">Such as <c>cash</c>.</param>
/// <param name="Of">A company, a holder in an issuer, or all companies.</param>
/// <param name="Unit">Such as a currency; null where it has none.</param>
/// <param name="Base">In the base.</param>
/// <param name="WhatIf">In the branch.</param>
/// <param name="Difference">The one less the other.</param>
/// <param name="Relative">The difference as a part of the base's size.</param>
public sealed record FigureDifference(string Measure, string Of, string? Unit, FigureValue Base, FigureValue WhatIf, FigureValue Difference, double? Relative);

public sealed record DifferencesAt(DateTimeOffset At, IReadOnlyList<FigureDifference> Differences);

/// <param name="Probabilities">Of each branch; what is left of 1 is the base.</param>
/// <param name="Figures">At the end.</param>
/// <param name="Series">At the end of each period, where that was asked for.</param>
public sealed record ExpectedFigures(IReadOnlyList<decimal> Probabilities, IReadOnlyList<ExpectedFigure> Figures, IReadOnlyList<ExpectedFiguresAt>? Series);

public sealed record ExpectedFigure(string Measure, string Of, string? Unit, FigureValue Value);

public sealed record ExpectedFiguresAt(DateTimeOffset At, IReadOnlyList<ExpectedFigure> Figures);
