using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements;

/// <summary>The parameters of a scenario with other values than the file's. Immutable: a run more is a value more.</summary>
public sealed class ParameterValues
{
    private readonly IReadOnlyList<ModelParameter> _parameters;
    private readonly IReadOnlyList<(Instant From, ExpressionValue Value)>[] _paths;

    private ParameterValues(IReadOnlyList<ModelParameter> parameters, IReadOnlyList<(Instant, ExpressionValue)>[] paths)
    {
        _parameters = parameters;
        _paths = paths;
    }

    internal IReadOnlyList<(Instant From, ExpressionValue Value)> Path(int parameter) => _paths[parameter];

    /// <summary>A parameter's value at an instant; null before the first date of its path.</summary>
    internal ExpressionValue? At(int parameter, Instant now)
    {
        var path = _paths[parameter];
        var next = 0;
        while (next < path.Count && path[next].From <= now)
        {
            next++;
        }

        return next == 0 ? null
            : next == path.Count || !_parameters[parameter].IsLinear ? path[next - 1].Value
            : Between(path[next - 1], path[next], now);
    }

    /// <summary>Whether a parameter is on its way from one value to another at an instant.</summary>
    internal bool Moves(int parameter, Instant now) =>
        _parameters[parameter].IsLinear && _paths[parameter] is [var first, .., var last] && first.From <= now && now < last.From;

    /// <summary>In days, whose products with any amount a decimal holds.</summary>
    private static ExpressionValue Between((Instant From, ExpressionValue Value) left, (Instant From, ExpressionValue Value) right, Instant now)
    {
        decimal Days(Instant until) => (until.UtcTicks - left.From.UtcTicks) / (decimal)TimeSpan.TicksPerDay;
        return left.Value with { Number = left.Value.Number + ((right.Value.Number - left.Value.Number) * Days(now) / Days(right.From)) };
    }

    /// <summary>A parameter's value or path as the language writes it.</summary>
    /// <param name="parameter">Its place in the file's list, from 0.</param>
    public string Text(int parameter) =>
        string.Join("; ", _paths[parameter].Select(point => point.From == Instant.Minimum ? point.Value.ToString() : $"{ExpressionValue.Date(point.From)}: {point.Value}"));

    internal static ParameterValues Of(IReadOnlyList<ModelParameter> parameters) => new(parameters, [.. parameters.Select(parameter => parameter.Path)]);

    /// <summary>With another value of one, from the beginning on.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or the value is of another type.</exception>
    public ParameterValues With(string name, ExpressionValue value) => With(name, [(Instant.Minimum, value)]);

    /// <summary>With a number of the parameter's own type: an amount in its currency, shares, a ratio, a duration's days.</summary>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public ParameterValues With(string name, decimal number) => With(name, _parameters[IndexOf(name)].Path[^1].Value with { Number = number });

    /// <summary>With another path: values that hold from their dates on, by date.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, a value is of another type, or there is none.</exception>
    public ParameterValues With(string name, IReadOnlyList<(Instant From, ExpressionValue Value)> path)
    {
        var index = IndexOf(name);
        if (path.Count == 0 || path.Any(point => point.Value.Type != _parameters[index].Type))
        {
            throw new ArgumentException($"parameter '{name}' must be given {_parameters[index].Type}", nameof(path));
        }

        IReadOnlyList<(Instant, ExpressionValue)>[] paths = [.. _paths];
        paths[index] = path;
        return new(_parameters, paths);
    }

    /// <summary>
    /// With a value as the command line gives it: <c>35bn USD</c>; or a path: <c>2026-01-01: 100 USD; 2027-01-01: 200 USD</c>.
    /// </summary>
    /// <returns>Null, with the rule that it breaks.</returns>
    public ParameterValues? With(string name, string text, out string? rule)
    {
        rule = null;
        if (_parameters.All(parameter => parameter.Name != name))
        {
            rule = $"'{name}' must be a parameter of the scenario{(_parameters.Count == 0 ? "; it has none" : $": {string.Join(", ", _parameters.Select(parameter => parameter.Name))}")}{Spelling.Hint(name, _parameters.Select(parameter => parameter.Name))}";
            return null;
        }

        var wanted = _parameters[IndexOf(name)].Type;
        var path = new List<(Instant, ExpressionValue)>();
        foreach (var point in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (at, words) = point.Split(": ", 2) is [var date, var rest] && Instant.TryParse(date, out var from) ? (from, rest) : (Instant.Minimum, point);
            try
            {
                if (Constants.Of(words) is var value && value.Type == wanted)
                {
                    path.Add((at, value));
                    continue;
                }

                rule = $"'{words}' must be {wanted}, as '{name}' is";
            }
            catch (ExpressionFaultException fault)
            {
                rule = $"'{fault.Fault.Found}' must be {fault.Fault.Rule} (character {fault.Fault.Offset + 1} of '{words}')";
            }

            return null;
        }

        if (path.Count == 0)
        {
            rule = $"'{text}' must be {wanted}, as '{name}' is";
            return null;
        }

        return With(name, [.. path.OrderBy(point => point.Item1)]);
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"there is no parameter '{name}'", nameof(name));
    }
}

/// <summary>Expressions that depend on nothing, such as a parameter's value.</summary>
internal static class Constants
{
    public static Scope Scope { get; } = new()
    {
        Parameters = [],
        Values = [],
        Companies = new Dictionary<string, Currency>(),
        Questions = new(),
    };

    /// <exception cref="ExpressionFaultException">It is none.</exception>
    public static ExpressionValue Of(string text)
    {
        var compiled = new ExpressionCompiler(Scope).Compile(ExpressionParser.Parse(text));
        return compiled.Constant ?? throw new ExpressionFaultException(0, text, "the same all the time: a number, money, shares, a date, a duration, text, true or false");
    }
}
