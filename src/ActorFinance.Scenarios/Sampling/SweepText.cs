using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>A sweep as the command line gives it: <c>gigawatts=3..10:1</c>, <c>price=28bn USD..45bn USD:1bn USD</c>, <c>late-by=0 months..24 months:6 months</c>.</summary>
public static class SweepText
{
    private const string Form = "NAME=A..B:STEP, such as gigawatts=3..10:1";

    /// <summary>The values and their unit; null with the rule that the text breaks.</summary>
    public static SweepRange? Parse(string text, IReadOnlyList<ModelParameter> parameters, out ParameterScale? scale, out string? rule)
    {
        (scale, rule) = (null, null);
        if (text.Split('=', 2) is not [var name, var range] || range.Split("..", 2) is not [var from, var rest] || rest.LastIndexOf(':') is not (> 0 and var colon))
        {
            rule = $"must be {Form}";
            return null;
        }

        if (parameters.FirstOrDefault(parameter => parameter.Name == name.Trim()) is not { } parameter)
        {
            var names = parameters.Select(one => one.Name).ToList();
            rule = $"'{name}' must be a parameter of the scenario: {string.Join(", ", names)}{Spelling.Hint(name, names)}";
            return null;
        }

        var values = new List<ExpressionValue>();
        foreach (var words in new[] { from, rest[..colon], rest[(colon + 1)..] })
        {
            if (Constant(words.Trim(), parameter, isStep: values.Count == 2) is not { } value)
            {
                rule = $"'{words}' must be {(values.Count == 2 && parameter.Type.Kind == ValueKind.Date ? "a duration in days" : parameter.Type)}, as '{name}' is";
                return null;
            }

            values.Add(value);
        }

        scale = new ParameterScale(parameter, values.TrueForAll(value => value.Kind == ValueKind.Duration && value.Number == 0));
        if (scale.Number(values[0]) is not { } first || scale.Number(values[1]) is not { } last || (values[2].Kind == ValueKind.Duration && parameter.Type.Kind == ValueKind.Date ? values[2].Number : scale.Number(values[2])) is not { } step)
        {
            rule = "must be all in months or all in days";
            return null;
        }

        var swept = SweepRange.Of(parameter.Name, first, last, step, out var wrong);
        rule = wrong is null ? null : $"must have {wrong}";
        return swept;
    }

    private static ExpressionValue? Constant(string words, ModelParameter parameter, bool isStep)
    {
        try
        {
            var value = Constants.Of(words);
            return value.Type == parameter.Type && parameter.Type.Kind is not (ValueKind.Text or ValueKind.Truth) && !(isStep && value.Kind == ValueKind.Date) ? value
                : isStep && parameter.Type.Kind == ValueKind.Date && value is { Kind: ValueKind.Duration, Months: 0 } ? value
                : null;
        }
        catch (ExpressionFaultException)
        {
            return null;
        }
    }
}
