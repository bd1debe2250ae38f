namespace ActorFinance.Scenarios.Branches;

/// <summary>Orders that the companies of a branch decide on: what they accept becomes facts of the branch, under ids that are the same each time.</summary>
internal static class Insertion
{
    public static string? Apply(BranchEvents events, ValueList<CommandEnvelope> commands, int place)
    {
        BranchMisfits.Remove(events);
        var (now, ids) = (events.LastRecordedAt, 0);
        var companies = new Rehearsal(company => CompanyFacts.StateOf(company, CompanyFacts.InOrder(events.EmittedBy(company)).Select(recorded => recorded.Envelope), events.PostingOf), () => now, () => events.NewId(place, ids++));
        foreach (var command in commands)
        {
            var outcome = companies.Submit(command);
            if (outcome.Refusal is { } refusal)
            {
                var ground = events.Misfits.Count == 0 ? "" : $" (before it, {events.Misfits.Count:#,0} facts lost their ground to earlier edits)";
                return $"'{command.Company}' refuses the inserted order {command.Id}: {refusal.Code}: {refusal.Message}{ground}";
            }

            if (outcome.Repeated)
            {
                return $"the order {command.Id} is in the base already: an inserted one needs an id of its own";
            }

            foreach (var envelope in outcome.Events)
            {
                events.Append(envelope, place);
            }
        }

        return null;
    }
}
