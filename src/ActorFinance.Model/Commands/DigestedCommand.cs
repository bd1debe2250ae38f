namespace ActorFinance.Model;

/// <summary>
/// A command with its digest, which is taken once however many decide on it. Only <see cref="Of"/> makes one, so the digest is the command's own.
/// </summary>
public readonly record struct DigestedCommand
{
    private DigestedCommand(CommandEnvelope command, Digest digest)
    {
        Command = command;
        Digest = digest;
    }

    public CommandEnvelope Command { get; }

    public Digest Digest { get; }

    public CommandId Id => Command.Id;

    public static DigestedCommand Of(CommandEnvelope command) => new(command, CommandJson.DigestOf(command));
}
