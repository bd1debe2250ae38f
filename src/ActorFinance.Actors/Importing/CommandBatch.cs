using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Model;

namespace ActorFinance.Actors.Importing;

/// <summary>
/// Commands that came together, decided as if they had come one after the other, each answered for itself: unlike an import, a refusal stops nothing.
/// What writes to one company's journal only goes out together with its like, company by company; what other commands could depend on goes alone.
/// </summary>
public static class CommandBatch
{
    private enum Kind
    {
        /// <summary>Others must be able to name the company afterwards.</summary>
        Registers,

        /// <summary>Writes to its company's journal, and looks at no other.</summary>
        Plain,

        /// <summary>May write to other journals too: a step, a void of one, a payment that its receiver must count.</summary>
        Crosses,
    }

    /// <summary>The answers, in the order of the commands. A company that broke answers with <see cref="BatchReply.Failed"/>.</summary>
    public static async Task<IReadOnlyList<BatchReply>> SubmitAsync(JournalSession session, IReadOnlyList<CommandEnvelope> commands, CancellationToken cancellation = default)
    {
        var replies = new BatchReply[commands.Count];
        for (var start = 0; start < commands.Count;)
        {
            var kind = KindOf(commands[start], session.Directory);
            var end = start + 1;
            while (kind != Kind.Crosses && end < commands.Count && KindOf(commands[end], session.Directory) == kind)
            {
                end++;
            }

            var sending = Enumerable.Range(start, end - start)
                .GroupBy(index => commands[index].Company)
                .Select(group => SendAsync(session, commands, [.. group], replies, cancellation));
            await Task.WhenAll(sending).ConfigureAwait(false);
            start = end;
        }

        return replies;
    }

    private static async Task SendAsync(JournalSession session, IReadOnlyList<CommandEnvelope> commands, int[] indexes, BatchReply[] replies, CancellationToken cancellation)
    {
        try
        {
            var answers = await session.SubmitAsync(commands[indexes[0]].Company, [.. indexes.Select(index => commands[index])], cancellation).ConfigureAwait(false);
            foreach (var (index, answer) in indexes.Zip(answers))
            {
                replies[index] = new BatchReply.Answered(answer);
                await session.CountReceiptsAsync(answer, cancellation).ConfigureAwait(false);
            }
        }
        catch (SubmitFailedException failed)
        {
            foreach (var index in indexes)
            {
                replies[index] ??= new BatchReply.Failed(failed.Failed);
            }
        }
    }

    private static Kind KindOf(CommandEnvelope envelope, CompanyDirectory directory) => envelope.Command switch
    {
        RegisterCompany => Kind.Registers,
        VoidEvent or ExerciseWarrant or SellShares or SellConvertible or TransferShares { PricePerShare: not null } => Kind.Crosses,
        _ when directory.SomeoneRejectsShortfall && (CommandParties.Of(envelope)?.Any(party => directory.PolicyOf(party) == CashPolicy.RejectShortfall) ?? true) => Kind.Crosses,
        _ => Kind.Plain,
    };
}

/// <summary>What became of one command of a batch.</summary>
public abstract record BatchReply
{
    public sealed record Answered(CommandReply Reply) : BatchReply;

    /// <summary>Nothing is known of the command; it can be sent again with the same id.</summary>
    public sealed record Failed(SubmitFailed Reason) : BatchReply;
}
