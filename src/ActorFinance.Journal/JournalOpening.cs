using System.Diagnostics.CodeAnalysis;

namespace ActorFinance.Journal;

/// <summary>An opened <typeparamref name="T"/>, or the reason why there is none.</summary>
public sealed class JournalOpening<T>
    where T : class
{
    private readonly T? _opened;
    private readonly JournalOpenError? _error;

    private JournalOpening(T? opened, JournalOpenError? error) => (_opened, _error) = (opened, error);

    public bool Succeeded([NotNullWhen(true)] out T? opened, [NotNullWhen(false)] out JournalOpenError? error)
    {
        (opened, error) = (_opened, _error);
        return _opened is not null;
    }

    /// <summary>The same by a name that says less.</summary>
    public JournalOpening<TBase> As<TBase>()
        where TBase : class =>
        Succeeded(out var opened, out var error) ? new(opened as TBase ?? throw new InvalidCastException($"{typeof(T)} is no {typeof(TBase)}"), null) : new(null, error);

    public static implicit operator JournalOpening<T>(T opened) => new(opened, null);

    public static implicit operator JournalOpening<T>(JournalOpenError error) => new(null, error);
}
