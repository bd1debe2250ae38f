using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>One holding with the events behind it, in offset order, each with what it did to the holder's part.</summary>
internal sealed record HoldingExplanation(CompanyId Issuer, HolderLine Line, IReadOnlyList<(RecordedEvent Recorded, DilutionRow? Step)> Events)
{
    /// <param name="report">What is explained.</param>
    /// <param name="issuer">Of the holding.</param>
    /// <param name="holder">Of the holding.</param>
    /// <param name="read">The whole events, from the journal.</param>
    /// <exception cref="CliFailure">There is no such holding.</exception>
    public static async Task<HoldingExplanation> OfAsync(
        OwnershipReport report, CompanyId issuer, HolderId holder, Func<IEnumerable<EventReference>, Task<IReadOnlyList<RecordedEvent>>> read)
    {
        var register = report.Register.Issuer(issuer);
        var line = report.Issuers.SelectMany(report.Lines).FirstOrDefault(one => one.Holder == holder);
        if (register is null || line is null)
        {
            throw new CliFailure(ExitCode.Refused, $"{holder} holds nothing of {issuer} at this point, directly or through others");
        }

        var behind = OwnershipTable.EventsBehind(register, report.Basis).TryGetValue(holder, out var events) ? events : [];
        var steps = Dilution.Of(register, report.Basis).Where(row => row.Holder == holder).ToDictionary(row => row.Event);
        var whole = (await read(behind).ConfigureAwait(false)).ToDictionary(EventReference.Of);
        return new(issuer, line, [.. behind.Select(reference => (whole[reference], steps.GetValueOrDefault(reference)))]);
    }
}
