using ActorFinance.Analysis.Timeline;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>A small book written as a scenario's commands and decided by its companies, without a journal.</summary>
internal static class DecidedBook
{
    public static Book Of(string companies, string commands)
    {
        var text = $"scenario: test\ntitle: Test\ncompanies:\n{string.Concat(companies.Split(' ').Select(id => $"  - {{id: {id}, name: {id}, currency: USD}}\n"))}commands:\n{commands}";
        var (ids, recorded) = (0, Instant.Of(2020, 1, 1));
        var companiesOf = new Rehearsal(CompanyState.Empty, () => recorded, () => new(++ids, 0, 0, new byte[8]));
        var events = Accepted("test.yaml", text).Commands.SelectMany(command =>
        {
            var outcome = companiesOf.Submit(command.Envelope);
            outcome.Refusal.ShouldBeNull($"{command.Line}: {outcome.Refusal?.Message}");
            return outcome.Events;
        });
        return new(events.Select((envelope, i) => new RecordedEvent(new(i + 1), envelope)));
    }
}
