using System.Reflection;
using CsCheck;

namespace ActorFinance.Model.Tests.Commands;

/// <summary>Every type of command and event with random content, made from their constructors, so that a new field cannot be forgotten.</summary>
internal static class AnyCommand
{
    public static readonly Type[] CommandTypes =
        [.. typeof(CompanyCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CompanyCommand)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static readonly Type[] EventTypes =
        [.. typeof(CompanyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CompanyEvent)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly NullabilityInfoContext Nullability = new();

    public static Gen<CommandEnvelope> Envelopes { get; } = Gen.Int.Select(seed => Envelope(new Random(seed)));

    public static CommandEnvelope Envelope(Random random, Type? command = null) =>
        new(
            (CommandId)Make(typeof(CommandId), random),
            (CompanyId)Make(typeof(CompanyId), random),
            (Instant)Make(typeof(Instant), random),
            (CompanyCommand)Make(command ?? CommandTypes[random.Next(CommandTypes.Length)], random))
        {
            Rank = random.Next(3) == 0 ? random.Next(-5, 5) : 0,
            KnownAt = (Instant?)Maybe(typeof(Instant), random),
            Deal = (DealId?)Maybe(typeof(DealId), random),
            Leg = (string?)Maybe(typeof(string), random),
            Tranche = (string?)Maybe(typeof(string), random),
            Source = (string?)Maybe(typeof(string), random),
            Confidence = (Confidence?)Maybe(typeof(Confidence), random),
            IssuedBy = (string?)Maybe(typeof(string), random),
            Causation = (EventId?)Maybe(typeof(EventId), random),
        };

    public static object Make(Type type, Random random)
    {
        if (type == typeof(string))
        {
            return new[] { "plain", "with \"quotes\" and \\", "Zürich ✓ \ud83d\ude00", "a\tb", "<&>'+", "" }[random.Next(6)];
        }

        if (type == typeof(bool))
        {
            return random.Next(2) == 0;
        }

        if (type == typeof(int))
        {
            return random.Next(-1, 12);
        }

        if (type.IsEnum)
        {
            var names = Enum.GetValues(type);
            return names.GetValue(random.Next(names.Length))!;
        }

        if (Text(type, random) is { } text)
        {
            return typeof(Value).GetMethod(nameof(Value.Parse))!.MakeGenericMethod(type).Invoke(null, [text])!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var items = Array.CreateInstance(type.GetGenericArguments()[0], random.Next(4));
            for (var i = 0; i < items.Length; i++)
            {
                items.SetValue(Make(type.GetGenericArguments()[0], random), i);
            }

            return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(null, [items])!;
        }

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => OfParameter(parameter, random))]);
    }

    private static object? OfParameter(ParameterInfo parameter, Random random)
    {
        if (Nullable.GetUnderlyingType(parameter.ParameterType) is { } value)
        {
            return Maybe(value, random);
        }

        return Nullability.Create(parameter).WriteState == NullabilityState.Nullable ? Maybe(parameter.ParameterType, random) : Make(parameter.ParameterType, random);
    }

    private static object? Maybe(Type type, Random random) => random.Next(2) == 0 ? null : Make(type, random);

    private static string? Text(Type type, Random random) => type.Name switch
    {
        nameof(Money) => new[] { "0 USD", "10 USD", "-1.5 EUR", "9999999999999999.9999999999 JPY" }[random.Next(4)],
        nameof(Instant) => new[] { "0001-01-01", "2026-03-31", "2028-02-29T23:59:59.9999999Z", "9999-12-31" }[random.Next(4)],
        nameof(ShareQuantity) or nameof(Quantity) => new[] { "0", "1", "0.0000000001", "12345.678" }[random.Next(4)],
        nameof(Fraction) => new[] { "0", "1", "0.123456789012" }[random.Next(3)],
        nameof(Currency) => new[] { "USD", "EUR" }[random.Next(2)],
        nameof(EventId) or nameof(StepId) => random.Next(4) == 0 ? Guid.Empty.ToString() : Id(random.Next(100)).ToString(),
        nameof(CompanyId) => new[] { "nvidia", "openai", "$market" }[random.Next(3)],
        nameof(HolderId) => new[] { "nvidia", "outside", "fund" }[random.Next(3)],
        _ when type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValue<>)) => $"id-{random.Next(9)}",
        _ => null,
    };
}
