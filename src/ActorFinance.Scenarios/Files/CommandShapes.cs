using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFinance.Scenarios.Files;

/// <summary>The shapes of the model's commands, read from their records once.</summary>
internal static class CommandShapes
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Type, Shape> Known = [];
    private static readonly MethodInfo ValueLeafMethod = typeof(CommandShapes).GetMethod(nameof(ValueLeaf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Command types by the name they have in files.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(CompanyCommand)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType, StringComparer.Ordinal);

    public static Shape.Fields Envelope { get; } = (Shape.Fields)Of(typeof(CommandEnvelope));

    public static Shape.Fields Command(string name) => (Shape.Fields)Of(Types[name]);

    /// <summary>The property that has this name in files; null when the type has none.</summary>
    public static PropertyInfo? PropertyOf(Type type, string name) => type.GetProperties().FirstOrDefault(property => property.CanWrite && NameOf(property) == name);

    public static Shape Of(Type type)
    {
        lock (Gate)
        {
            return Shaped(type);
        }
    }

    public static Shape.Leaf LeafOf<T>()
        where T : struct, IValue<T> => (Shape.Leaf)Of(typeof(T));

    private static Shape Shaped(Type type)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        Shape shape = type switch
        {
            _ when type == typeof(string) => new Shape.Leaf("text", _ => true, LeafForm.Text, []),
            _ when type == typeof(bool) => new Shape.Leaf("true or false", text => text is "true" or "false", LeafForm.Boolean, []),
            _ when type == typeof(int) => new Shape.Leaf("a whole number", IsInteger, LeafForm.Integer, []),
            _ when type == typeof(CompanyCommand) => new Shape.AnyCommand(),
            { IsEnum: true } => EnumLeaf(type),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ValueList<>) => new Shape.Sequence(Shaped(type.GetGenericArguments()[0])),
            { IsValueType: true } => (Shape)ValueLeafMethod.MakeGenericMethod(type).Invoke(null, null)!,
            _ => Record(type),
        };
        Known[type] = shape;
        return shape;
    }

    private static Shape.Fields Record(Type type)
    {
        var parameters = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters();
        var fields = parameters.Select(parameter => FieldOf(type, parameter)).ToList();
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name)))
        {
            var nullable = IsNullable(property.PropertyType, () => Nullability.Create(property));
            fields.Add(new(NameOf(property), Shaped(Bare(property.PropertyType)), IsRequired: false, nullable, Omitted: null));
        }

        return new(TypeNames.Of(type), fields);
    }

    private static Field FieldOf(Type type, ParameterInfo parameter)
    {
        var shape = Shaped(Bare(parameter.ParameterType));
        var nullable = IsNullable(parameter.ParameterType, () => Nullability.Create(parameter));

        // In the terms that commands hold, what is not stated is none: no due dates, not in kind. A command says its own defaults.
        var omitted = parameter.HasDefaultValue ? null
            : nullable ? "null"
            : type.IsAssignableTo(typeof(CompanyCommand)) ? null
            : shape switch { Shape.Sequence => "[]", Shape.Leaf { Form: LeafForm.Boolean } => "false", _ => null };
        return new(NameOf(type.GetProperty(parameter.Name!)!), shape, !parameter.HasDefaultValue && omitted is null, nullable, omitted);
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsNullable(Type type, Func<NullabilityInfo> info) =>
        Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && info().WriteState == NullabilityState.Nullable);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static Shape.Leaf ValueLeaf<T>()
        where T : struct, IValue<T>
    {
        var form = typeof(T) == typeof(Quantity) || typeof(T) == typeof(ShareQuantity) || typeof(T) == typeof(Fraction) ? LeafForm.Number : LeafForm.Text;
        return new(T.Rule, text => T.TryParse(text, out _), form, []);
    }

    private static Shape.Leaf EnumLeaf(Type type)
    {
        var names = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToList();
        return new($"one of {string.Join(", ", names)}", names.Contains, LeafForm.Text, names);
    }

    private static bool IsInteger(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _);
}
