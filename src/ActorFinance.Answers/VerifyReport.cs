using System.Text.Json.Nodes;
using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Verifying;

namespace ActorFinance.Answers;

/// <summary>What <c>verify</c> found. Notes are facts that no company can refuse alone; they are no faults.</summary>
public sealed record VerifyReport(
    ResolvedCut Scope, IReadOnlyList<Ungrounded> Incomplete, long Rows, int Companies, IReadOnlyList<RowFault> Faults, IReadOnlyList<Finding> Broken, IReadOnlyList<Finding> Notes, IReadOnlyList<RecordedEvent> Pending, Digest Seal)
{
    public bool IsSound => Faults.Count == 0 && Broken.Count == 0;

    /// <summary>Reads the whole journal up to an offset.</summary>
    public static async Task<VerifyReport> MakeAsync(IJournalReader reader, long last, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var verifier = new ChainVerifier();
        var book = new Book();
        var rows = 0L;
        await foreach (var batch in reader.ReadAsync(upTo: last, cancellation: cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var row in batch)
                {
                    rows++;
                    if (verifier.Add(row) is { } recorded && verifier.Faults.Count == 0)
                    {
                        book.Add(recorded);
                    }
                }

                progress?.Report(batch[^1].Ordering);
            }
        }

        if (verifier.Faults.Count > 0)
        {
            return new(new(Cut.Everything, new(last), Time: null), [], rows, verifier.Companies, verifier.Faults, [], [], [], verifier.Seal());
        }

        var counted = book.At(Cut.Everything);
        IReadOnlyList<Finding> broken = Invariants.Of(counted);
        if (Invariants.Totals(counted).Count == 0)
        {
            broken = [.. broken, .. StockFlowMatrix.Of(counted).SelectMany(matrix => matrix.Check())];
        }

        return new(counted.Resolved, counted.IncompleteKnowledge, rows, verifier.Companies, [], broken, BetweenCompanies.Of(counted), PendingSteps.In(book), verifier.Seal());
    }

    public JsonObject ToJson(bool withSeal)
    {
        var json = JsonAnswer.Head(Scope, Incomplete);
        json["sound"] = IsSound;
        json["rows"] = Rows;
        json["chains"] = Companies;
        json["faults"] = JsonAnswer.List(Faults, fault => new JsonObject
        {
            ["offset"] = fault.Offset,
            ["persistenceId"] = fault.PersistenceId,
            ["sequenceNumber"] = fault.SequenceNumber,
            ["code"] = fault.Code,
            ["message"] = fault.Message,
        });
        json["brokenInvariants"] = JsonAnswer.List(Broken, Node);
        json["notes"] = JsonAnswer.List(Notes, Node);
        json["pending"] = JsonAnswer.List(Pending, step => new JsonObject { ["step"] = step.Header.Step?.ToString(), ["company"] = step.Header.Emitter.Value, ["eventId"] = step.Header.Id.ToString() });
        if (withSeal)
        {
            json["seal"] = Seal.ToString();
        }

        return json;
    }

    private static JsonObject Node(Finding finding) => new() { ["code"] = finding.Code, ["message"] = finding.Message, ["eventId"] = finding.Event?.ToString() };
}
