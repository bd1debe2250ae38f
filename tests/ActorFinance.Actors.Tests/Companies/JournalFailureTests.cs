using ActorFinance.Actors.Companies;
using ActorFinance.Model;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.TestKit;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Companies;

/// <summary>A journal that fails or rejects writes: nobody is told Accepted of what is not written, and the company comes back from the journal.</summary>
public sealed class JournalFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private ActorSystem _system = null!;
    private ITestJournal _journal = null!;
    private IActorRef _gateway = null!;

    public Task InitializeAsync()
    {
        _system = ActorSystem.Create("failing", ConfigurationFactory.ParseString(
            """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.persistence.journal.plugin = "akka.persistence.journal.test"
            akka.persistence.journal.test.class = "Akka.Persistence.TestKit.TestJournal, Akka.Persistence.TestKit"
            akka.persistence.journal.test.plugin-dispatcher = "akka.actor.default-dispatcher"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            """));
        _journal = TestJournal.FromRef(Persistence.Instance.Apply(_system).JournalFor(null));
        var limits = new CompanyLimits();
        var services = new CompanyServices(new(), TimeProvider.System, limits, new(), () => { });
        _gateway = _system.ActorOf(CompanyGateway.Props((company, withSnapshot) => CompanyActor.Props(company, services, withSnapshot), limits), "companies");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_does_not_happen_is_not_accepted_and_the_order_can_be_sent_again(bool rejects)
    {
        await AcceptedAsync("a", "1", new RegisterCompany("A", Value.Parse<Currency>("USD")));
        await BreakAsync(rejects);
        (await AskAsync("a", "2", new ReachMilestone("x"))).ShouldBeOfType<SubmitFailed>().Reason.ShouldNotBeEmpty();
        await _journal.OnWrite.Pass();
        (await AcceptedAsync("a", "2", new ReachMilestone("x"))).ShouldSatisfyAllConditions(
            reply => reply.Repeated.ShouldBeFalse(),
            reply => reply.FirstSequenceNumber.ShouldBe(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payer_that_cannot_write_does_not_hold_the_one_who_ordered_the_step(bool rejects)
    {
        await AcceptedAsync("issuer", "1", new RegisterCompany("I", Value.Parse<Currency>("USD")));
        await AcceptedAsync("issuer", "2", new CreateShareClass(OpenBook.Common, Value.Parse<Quantity>("1")));
        await AcceptedAsync("payer", "3", new RegisterCompany("P", Value.Parse<Currency>("USD")));
        var payments = 0;
        var interceptor = new PayerBreaks(rejects, () => payments++);
        await _journal.OnWrite.SetInterceptorAsync(interceptor);
        var sale = new SellShares(Holder("payer"), OpenBook.Common, Money("10 USD"), Money("1 USD"));
        (await AskAsync("issuer", "4", sale)).ShouldBeOfType<SubmitFailed>().Reason.ShouldContain("payer");
        payments.ShouldBeGreaterThan(0);

        // The step goes on by itself as soon as the payer can write.
        await _journal.OnWrite.Pass();
        await Until.TrueAsync(async () => (await AskAsync("issuer", "4", sale)) is Submitted { Replies: [CommandReply.Accepted { Repeated: true }] });
    }

    [Fact]
    public async Task A_company_that_cannot_be_read_is_said_to_whoever_waits_and_wakes_later()
    {
        await AcceptedAsync("a", "1", new RegisterCompany("A", Value.Parse<Currency>("USD")));
        await BreakAsync(rejects: false);
        (await AskAsync("a", "2", new ReachMilestone("x"))).ShouldBeOfType<SubmitFailed>().Reason.ShouldContain("writing failed");
        await _journal.OnWrite.Pass();
        await _journal.OnRecovery.Fail();
        (await AskAsync("a", "2", new ReachMilestone("x"))).ShouldBeOfType<SubmitFailed>().Reason.ShouldContain("waking failed");
        await _journal.OnRecovery.Pass();
        await AcceptedAsync("a", "2", new ReachMilestone("x"));
    }

    [Fact]
    public async Task A_step_whose_payer_cannot_wake_for_its_dry_decision_fails_at_once_and_writes_nothing()
    {
        await AcceptedAsync("issuer", "1", new RegisterCompany("I", Value.Parse<Currency>("USD")));
        await AcceptedAsync("issuer", "2", new CreateShareClass(OpenBook.Common, Value.Parse<Quantity>("1")));
        await AcceptedAsync("payer", "3", new RegisterCompany("P", Value.Parse<Currency>("USD")));
        await BreakAsync(rejects: false);
        (await AskAsync("payer", "4", new ReachMilestone("x"))).ShouldBeOfType<SubmitFailed>();
        await _journal.OnWrite.Pass();
        await _journal.OnRecovery.Fail();
        var sale = new SellShares(Holder("payer"), OpenBook.Common, Money("10 USD"), Money("1 USD"));
        (await AskAsync("issuer", "5", sale)).ShouldBeOfType<SubmitFailed>().Reason.ShouldContain("'payer'");
        await _journal.OnRecovery.Pass();
        (await AcceptedAsync("issuer", "5", sale)).Repeated.ShouldBeFalse();
    }

    private Task BreakAsync(bool rejects) => rejects ? _journal.OnWrite.Reject() : _journal.OnWrite.Fail();

    private Task<object> AskAsync(string company, string id, CompanyCommand command) =>
        _gateway.Ask<object>(new Submit(Company(company), [OpenBook.Order(id, company, command)]), Patience);

    private async Task<CommandReply.Accepted> AcceptedAsync(string company, string id, CompanyCommand command) =>
        (await AskAsync(company, id, command)).ShouldBeOfType<Submitted>().Replies.Single().ShouldBeOfType<CommandReply.Accepted>();

    private sealed class PayerBreaks(bool rejects, Action broke) : IJournalInterceptor
    {
        public Task InterceptAsync(IPersistentRepresentation message)
        {
            if (message.PersistenceId != "company-payer")
            {
                return Task.CompletedTask;
            }

            broke();
            throw rejects ? new TestJournalRejectionException() : new TestJournalFailureException();
        }
    }
}
