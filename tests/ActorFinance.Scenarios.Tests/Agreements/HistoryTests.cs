using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Cascade;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Tests.Scenarios;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>What expressions say of a real history is what the analysis says of it.</summary>
public sealed class HistoryTests
{
    private static readonly Dictionary<string, Book> Books = new[] { "ai-deals.yaml", "nvidia-openai.yaml" }.ToDictionary(name => name, Rehearsed);

    [Theory]
    [InlineData("ai-deals.yaml", "2025-09-30")]
    [InlineData("ai-deals.yaml", "2026-04-30")]
    [InlineData("nvidia-openai.yaml", "2026-12-30")]
    [InlineData("nvidia-openai.yaml", "2028-12-31")]
    [InlineData("nvidia-openai.yaml", "2031-12-31")]
    public void Functions_of_the_state_are_the_answers_of_the_analysis(string scenario, string asOf)
    {
        var book = Books[scenario];
        var cut = new Cut(Model.Value.Parse<Instant>(asOf).EndOfDay(), AsKnown.All);
        var history = History.Of(book, cut);
        var counted = book.At(cut);
        var expected = new Dictionary<string, decimal>();
        foreach (var balance in CashFold.Of(counted).Balances)
        {
            expected[$"cash({balance.Company}, {balance.Currency})"] = balance.Amount;
        }

        var owners = new OwnershipIndex(book).At(cut);
        foreach (var issuer in OwnershipTable.Of(owners, OwnershipBasis.Outstanding).Issuers)
        {
            foreach (var holder in issuer.Holders.Where(holder => holder.Direct is not null))
            {
                expected[$"stake('{holder.Holder}', {issuer.Issuer})"] = holder.Direct!.Value;
            }
        }

        foreach (var stake in owners.Issuers.SelectMany(issuer => StakeValue.Of(issuer).Where(stake => stake.PricePerShare is not null).Select(stake => (issuer.Issuer, stake))))
        {
            expected[$"price({stake.Issuer}, {stake.stake.Class})"] = stake.stake.PricePerShare!.Value;
        }

        foreach (var loan in LoanFold.Of(counted).GroupBy(loan => (loan.Borrower, loan.Lender)))
        {
            expected[$"owed({loan.Key.Borrower}, {loan.Key.Lender})"] = loan.Sum(each => each.Amount.Amount);
        }

        foreach (var commitment in CommitmentFold.Of(counted).All)
        {
            expected[$"outstanding({commitment.Emitter}, '{commitment.Id}')"] = commitment.Outstanding;
        }

        expected.Count.ShouldBeGreaterThan(3);
        var names = expected.Keys.ToList();
        var figures = string.Concat(names.Select((name, i) => $"    f{i}: \"{name}\"\n"));
        var simulation = Simulating.Of($"scenario: look\ntitle: Look\nagreements: []\nfigures:\n  define:\n{figures}", history);
        var read = simulation.Run(until: cut.AsOf.EndOfDay() is var end ? new(end.UtcTicks + 1) : end).Readings[^1].Values;
        for (var i = 0; i < names.Count; i++)
        {
            read[i]!.Value.Number.ShouldBe(expected[names[i]], 1e-12m, names[i]);
        }
    }

    [Fact]
    public void A_fact_that_was_known_before_its_ground_is_left_out_and_said()
    {
        var companies = new Rehearsal(CompanyState.Empty, () => Instant.Of(2026, 11, 25), Guid.CreateVersion7);
        var book = Recorded(companies, """
            scenario: early
            title: A transfer is known before the issue it came from
            companies: [{id: issuer, name: Issuer, currency: USD}]
            commands:
              - {company: issuer, effective: 2026-01-01, known: 2026-01-01, create-share-class: {class: common, votesPerShare: 1}}
              - {company: issuer, effective: 2026-02-01, known: 2026-06-01, issue-shares: {holder: one, class: common, quantity: 100}}
              - {company: issuer, effective: 2026-03-01, known: 2026-03-01, transfer-shares: {from: one, to: two, class: common, quantity: 40}}
            """);
        var history = History.Of(book, new Cut(Instant.Of(2026, 4, 1), new AsKnown.AtTime(Instant.Of(2026, 4, 1))));
        history.Misfits.ShouldHaveSingleItem().Refusal.Code.ShouldBe("not-enough-shares");
        var run = Simulating.Of("scenario: look\ntitle: Look\nagreements: []\nfigures: {define: {held: \"shares('two', issuer)\"}}", history).Run(until: Instant.Of(2026, 5, 1));
        run.Readings[^1].Values[0].ToString().ShouldBe("0 shares");
    }

    /// <summary>The register's note that a step is over may lie behind the cut; the shares count all the same, and so does what comes after.</summary>
    [Fact]
    public void A_cut_between_the_payment_and_the_registers_note_keeps_the_step()
    {
        var seed = Simulating.Bundled("agreements/nvidia-openai.yaml").Run().BookAfter(History.Empty);
        var paid = seed.Recorded.Last(recorded => recorded.Event is InvestmentMade);
        seed.Recorded[(int)paid.Offset.Value].Event.ShouldBeOfType<StepPosted>();
        var history = History.Of(seed, new Cut(Instant.Maximum, new AsKnown.AtOffset(paid.Offset)));
        var run = Simulating.Of("scenario: look\ntitle: Look\nagreements: []\nfigures: {define: {held: \"shares(nvidia, openai)\"}}", history).Run(until: Instant.Of(2032, 1, 1));
        run.Readings[^1].Values[0].ToString().ShouldBe("135180476 shares");
    }

    private static Book Rehearsed(string scenario) => Recorded(new(CompanyState.Empty, () => Instant.Of(2026, 11, 25), Guid.CreateVersion7), Deciding.Bundled(scenario));

    private static Book Recorded(Rehearsal companies, string yaml) => Recorded(companies, Files.Reading.Accepted("early.yaml", yaml));

    private static Book Recorded(Rehearsal companies, ActorFinance.Scenarios.Files.CommandBook commands)
    {
        var offset = 0L;
        return new(commands.Commands.SelectMany(sourced => companies.Submit(sourced.Envelope).Events).Select(envelope => new RecordedEvent(new(++offset), envelope)));
    }
}
