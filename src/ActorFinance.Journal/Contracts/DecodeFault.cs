namespace ActorFinance.Journal.Contracts;

/// <summary>Why stored bytes are no event: the rule they break, and the byte of the payload where.</summary>
public sealed record DecodeFault(string Manifest, long Position, string Rule)
{
    public override string ToString() => $"{Manifest}, byte {Position}: {Rule}";
}
