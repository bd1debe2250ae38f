namespace ActorFinance.Scenarios.Files;

/// <summary>What a value of a file must look like. Taken from the model's records (<see cref="CommandShapes"/>), so that no rule is written twice.</summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>A value with one text form.</summary>
    public sealed record Leaf(string Rule, Func<string, bool> Accepts, LeafForm Form, IReadOnlyList<string> Names) : Shape;

    public sealed record Fields(string Name, IReadOnlyList<Field> Members) : Shape;

    public sealed record Sequence(Shape Item) : Shape;

    /// <summary>One of the command types, told by the field <c>type</c>.</summary>
    public sealed record AnyCommand : Shape;
}

internal enum LeafForm
{
    Text,

    /// <summary>Text or, in JSON, a number by its digits.</summary>
    Number,
    Integer,
    Boolean,
}

/// <summary>
/// A field of a record. <paramref name="Omitted"/> is the JSON that stands for it when the file leaves it out (null: nothing is written):
/// System.Text.Json asks for every constructor parameter without a default, also for those that may be null.
/// </summary>
internal sealed record Field(string Name, Shape Shape, bool IsRequired, bool IsNullable, string? Omitted);
