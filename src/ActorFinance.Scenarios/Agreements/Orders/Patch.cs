using System.Reflection;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Agreements.Orders;

/// <summary>
/// Puts what expressions come to into a copy of a command that was read once: only what changes is made anew, and the model's records stay the one
/// place that says what a command has.
/// </summary>
internal abstract class Patch
{
    /// <summary>The original with what changes put in.</summary>
    public abstract object? Apply(object? original, Evaluation evaluation);

    /// <summary>A value of one field.</summary>
    public sealed class Leaf(Func<Evaluation, object> of) : Patch
    {
        public override object Apply(object? original, Evaluation evaluation) => of(evaluation);
    }

    /// <summary>Fields of a record.</summary>
    public sealed class Record : Patch
    {
        private readonly MethodInfo _clone;
        private readonly (PropertyInfo Property, Patch Patch)[] _fields;

        public Record(Type type, IReadOnlyList<(PropertyInfo Property, Patch Patch)> fields)
        {
            _clone = type.GetMethod("<Clone>$") ?? throw new ArgumentException($"{type.Name} is no record", nameof(type));
            _fields = [.. fields];
        }

        public override object? Apply(object? original, Evaluation evaluation)
        {
            // The copy is ours alone until it is returned: its init-only properties are set before anyone sees it.
            var copy = _clone.Invoke(original, null);
            foreach (var (property, patch) in _fields)
            {
                property.SetValue(copy, patch.Apply(property.GetValue(original), evaluation));
            }

            return copy;
        }
    }

    /// <summary>Items of a list.</summary>
    public sealed class List<T>(IReadOnlyList<(int Index, Patch Patch)> items) : Patch
    {
        public override object Apply(object? original, Evaluation evaluation)
        {
            var copy = ((ValueList<T>)original!).ToArray();
            foreach (var (index, patch) in items)
            {
                copy[index] = (T)patch.Apply(copy[index], evaluation)!;
            }

            return ValueList.Create<T>(copy);
        }
    }
}
