namespace ActorFinance.Model;

/// <summary>A broken rule, as a value: its code is a published contract, its message shows the sum.</summary>
public abstract record Refusal(string Code)
{
    public abstract string Message { get; }

    public sealed override string ToString() => $"{Code}: {Message}";
}
