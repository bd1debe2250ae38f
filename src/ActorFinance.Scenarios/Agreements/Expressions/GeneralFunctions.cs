using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>Functions of their arguments alone, and the value before this one.</summary>
internal static class GeneralFunctions
{
    private const int ExponentLimit = 1_000;
    private const int DecimalsLimit = 28;
    private const int PeriodsLimit = 1_000;

    public static Compiled Extreme(CallReader call, bool largest)
    {
        var chosen = call.Any();
        if (chosen.Type.Kind is not (ValueKind.Money or ValueKind.Shares or ValueKind.Ratio or ValueKind.Date) || !call.HasMore)
        {
            throw call.Misused(call.Offset);
        }

        while (call.HasMore)
        {
            var next = call.Any();
            if (next.Type.Kind != chosen.Type.Kind || !Operators.Fits(next.Type, chosen.Type))
            {
                throw new ExpressionFaultException(call.Offset, $"{chosen.Type} and {next.Type}", "of one kind, money in one currency");
            }

            var (left, right, offset) = (chosen.Of, next.Of, call.Offset);
            chosen = ExpressionCompiler.Fold(Operators.Merged(chosen.Type, next.Type), evaluation =>
            {
                var (one, other) = (left(evaluation), right(evaluation));
                Operators.RequireOneCurrency(one, other, offset);
                return one.Number >= other.Number == largest ? one : other;
            }, chosen, next);
        }

        call.End();
        return chosen;
    }

    public static Compiled Absolute(CallReader call) => Of(call, value => value with { Number = Math.Abs(value.Number) }, ValueKind.Money, ValueKind.Shares, ValueKind.Ratio);

    public static Compiled Floor(CallReader call) => Of(call, value => value with { Number = Math.Floor(value.Number) }, ValueKind.Ratio, ValueKind.Shares);

    /// <summary>Half to even, as everywhere.</summary>
    public static Compiled Round(CallReader call)
    {
        var (value, decimals, offset) = (call.Any(), call.Of(ValueKind.Ratio), call.Offset);
        call.End();
        if (value.Type.Kind is not (ValueKind.Money or ValueKind.Shares or ValueKind.Ratio))
        {
            throw call.Misused(offset);
        }

        return ExpressionCompiler.Fold(value.Type, evaluation =>
        {
            var places = decimals.Of(evaluation).Number;
            var rounded = value.Of(evaluation);
            return decimal.IsInteger(places) && places is >= 0 and <= DecimalsLimit
                ? rounded with { Number = decimal.Round(rounded.Number, (int)places, MidpointRounding.ToEven) }
                : throw new ExpressionFaultException(offset, $"round(..., {Numbers.Text(places)})", $"rounded to 0 to {DecimalsLimit} decimals");
        }, value, decimals);
    }

    /// <summary>By repeated multiplication, so that a whole power of an exact number is as exact as 28 digits allow.</summary>
    public static Compiled Power(CallReader call)
    {
        var (root, exponent, offset) = (call.Of(ValueKind.Ratio), call.Of(ValueKind.Ratio), call.Offset);
        call.End();
        return ExpressionCompiler.Fold(ExpressionType.Ratio, evaluation =>
        {
            var (number, times) = (root.Of(evaluation).Number, exponent.Of(evaluation).Number);
            if (!decimal.IsInteger(times) || Math.Abs(times) > ExponentLimit || (times < 0 && number == 0))
            {
                throw new ExpressionFaultException(offset, $"power({Numbers.Text(number)}, {Numbers.Text(times)})", $"raised to a whole number from -{ExponentLimit} to {ExponentLimit}, and not 0 to one below 0");
            }

            try
            {
                var power = 1m;
                for (var i = 0; i < Math.Abs(times); i++)
                {
                    power *= number;
                }

                return ExpressionValue.Ratio(times < 0 ? 1 / power : power);
            }
            catch (Exception beyond) when (beyond is OverflowException or DivideByZeroException)
            {
                throw new ExpressionFaultException(offset, $"power({Numbers.Text(number)}, {Numbers.Text(times)})", "within what 28 digits hold");
            }
        }, root, exponent);
    }

    public static Compiled Convert(CallReader call, ValueKind from, ExpressionType to)
    {
        var value = call.Of(from);
        call.End();
        return ExpressionCompiler.Fold(to, evaluation => new ExpressionValue(to.Kind, value.Of(evaluation).Number), value);
    }

    public static Compiled PartOf(CallReader call, Func<DateTime, int> part)
    {
        var date = call.Of(ValueKind.Date);
        call.End();
        return ExpressionCompiler.Fold(ExpressionType.Ratio, evaluation => ExpressionValue.Ratio(part(date.Of(evaluation).AsInstant().ToDateTime())), date);
    }

    /// <summary>From the first date to the second; negative when the second is earlier.</summary>
    public static Compiled Days(CallReader call)
    {
        var (from, to) = (call.Of(ValueKind.Date), call.Of(ValueKind.Date));
        call.End();
        return ExpressionCompiler.Fold(ExpressionType.Ratio, evaluation => ExpressionValue.Ratio((to.Of(evaluation).Number - from.Of(evaluation).Number) / TimeSpan.TicksPerDay), from, to);
    }

    /// <summary>The value that a value had so many periods before, 1 unless stated; its start where that lies before its first.</summary>
    public static Compiled Previous(CallReader call)
    {
        var (offset, name) = call.Word();
        var back = call.HasMore ? call.Of(ValueKind.Ratio) : null;
        call.End();
        if (!call.Scope.Values.TryGetValue(name, out var value))
        {
            throw new ExpressionFaultException(offset, name, call.Scope.Parameters.ContainsKey(name)
                ? $"the name of a value; to look back at a parameter, define a value that is it: {{is: {name}, start: ...}}"
                : $"the name of a value{Spelling.Hint(name, call.Scope.Values.Keys)}");
        }

        var periods = back is null ? 1 : back.Constant?.Number ?? 0;
        if (!decimal.IsInteger(periods) || periods is < 1 or > PeriodsLimit)
        {
            throw new ExpressionFaultException(call.Offset, back!.Constant?.ToString() ?? "a number that changes", $"a whole number of periods from 1 to {PeriodsLimit:#,0}, the same all the time, in {call.Form}");
        }

        call.Scope.Questions.LookBack(value.Index, (int)periods);
        return new(
            value.Type ?? throw new UnknownTypeException(name),
            evaluation => evaluation.Values.Before(value.Index, (int)periods) ?? throw new ExpressionFaultException(offset, name, "given a start, since nothing comes before its first value"),
            1);
    }

    private static Compiled Of(CallReader call, Func<ExpressionValue, ExpressionValue> change, params ReadOnlySpan<ValueKind> kinds)
    {
        var value = call.Any();
        call.End();
        return kinds.Contains(value.Type.Kind)
            ? ExpressionCompiler.Fold(value.Type, evaluation => change(value.Of(evaluation)), value)
            : throw call.Misused(call.Offset);
    }
}
