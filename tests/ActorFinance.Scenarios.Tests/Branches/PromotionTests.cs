using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Testing.Books;
using CsCheck;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>
/// What a branch of orders shows is what the journal shows once they are promoted: a branch lets its companies decide on the facts that count, in fold
/// order; the journal's companies decide on everything that they wrote, in the order in which they wrote it.
/// </summary>
public sealed class PromotionTests
{
    private const int Companies = 6;

    private static readonly Book[] s_books = [.. Enumerable.Range(1, 8).Select(seed => new Book(MarketRecords.Of(Companies, 250, seed)))];

    private static readonly Gen<CommandEnvelope> s_orders = Gen.Select(Gen.Int[0, Companies - 1], Gen.Int[1, Companies - 1], Gen.Int[0, 9], Gen.Int[1, 2_000_000], Gen.Int[-40, 20], Gen.Int[0, 400])
        .Select((from, step, kind, size, month, pick) =>
        {
            var (company, partner) = (Company(from), Company((from + step) % Companies));
            var amount = Money.Of(size / 100m, Id<Currency>(pick % 5 == 0 ? "EUR" : "USD"));
            CompanyCommand command = kind switch
            {
                0 or 1 => new PayPurchase(partner, amount),
                2 => new Invest(partner, amount),
                3 => new ReceiveExternalCash(amount, ExternalCategory.Revenue),
                4 => new TransferShares(Id<HolderId>("founders"), HolderId.Of(partner), Id<ShareClassId>("common"), ShareQuantity.Of(size)),
                5 => new SellShares(HolderId.Of(partner), Id<ShareClassId>("common"), amount, Usd("10")),
                6 => new CommitPurchase(new(Id<CommitmentId>($"new-{pick}"), company, partner, amount, [], Conditions: null, Item: null, Quantity: null, Unit: null)),
                7 => new PayPurchase(partner, amount, Id<CommitmentId>($"promise-{pick}")),
                8 => new ReleaseCommitment(Id<CommitmentId>($"promise-{pick}"), amount, "fewer"),
                _ => new DrawLoan(Id<LoanId>($"new-loan-{pick}"), partner, amount, Rate: Quantity.Of(0.05m), Maturity: null),
            };
            return new CommandEnvelope(Id<CommandId>("order"), company, EventChange.Moved(Id<Instant>("2027-01-31"), month, 0), command);
        });

    [Fact]
    public void Orders_promoted_give_the_figures_of_their_branch_at_the_newest_knowledge_and_one_refused_leaves_none()
    {
        var (accepted, refused, held) = (0, 0, 0);
        Gen.Select(Gen.Int[0, s_books.Length - 1], s_orders.Array[1, 4], Gen.Int[-60, 30]).Sample(
            (seed, orders, month) =>
            {
                var book = s_books[seed];
                ValueList<CommandEnvelope> commands = [.. orders.Select((order, i) => order with { Id = Id<CommandId>($"order-{i}") })];
                var promoted = Promoted(book, commands);
                switch (Branch.Apply(book, AsKnown.All, [new Edit.Insert(commands)]))
                {
                    case BranchResult.Applied branch when promoted is not null:
                        branch.Misfits.ShouldBeEmpty();
                        var asOf = month == 30 ? Instant.Maximum : EventChange.Moved(Id<Instant>("2027-01-31"), month, 0);
                        FiguresAt(promoted, asOf).ShouldBe(FiguresAt(branch.Book, asOf));
                        Interlocked.Increment(ref accepted);
                        break;

                    case BranchResult.Applied:
                        // A step that nobody has posted yet counts against who gives, in the journal only: nothing else makes the journal stricter.
                        Promoted(new Book(CountedIn(book)), commands).ShouldNotBeNull();
                        Interlocked.Increment(ref held);
                        break;

                    default:
                        promoted.ShouldBeNull();
                        Interlocked.Increment(ref refused);
                        break;
                }
            },
            iter: Effort.Samples(400));
        accepted.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(50);
        held.ShouldBeLessThan(accepted);
    }

    /// <summary>The journal once all orders are accepted, each by companies in the state that their whole journal gives; null where one is refused.</summary>
    private static Book? Promoted(Book book, ValueList<CommandEnvelope> commands)
    {
        var (ids, last) = (0, book.LastOffset.Value);
        var companies = new Rehearsal(company => Journalled(book, company), () => Instant.Of(2027, 2, 1), () => new(++ids, 7, 7, new byte[8]));
        var after = new List<RecordedEvent>(book.Recorded);
        foreach (var command in commands)
        {
            var outcome = companies.Submit(command);
            if (outcome.Refusal is not null)
            {
                return null;
            }

            after.AddRange(outcome.Events.Select(envelope => new RecordedEvent(new(++last), envelope)));
        }

        return new(after);
    }

    private static CompanyState Journalled(Book book, CompanyId company) =>
        book.Recorded.Where(recorded => recorded.Header.Emitter == company)
            .Select((recorded, i) => recorded.Envelope with { Header = recorded.Header with { SequenceNumber = i + 1 } })
            .Aggregate(CompanyState.Empty(company), Model.Company.Evolve);

    /// <summary>Without steps that are still pending.</summary>
    private static IEnumerable<RecordedEvent> CountedIn(Book book) =>
        book.Recorded.Where(recorded => recorded.Header.Step is not { } step || book.PostingOf(step) is not null || book.Recorded.Any(other => other.Header.Step == step && other.Event is StepRefused));

    private static List<KeyValuePair<FigureKey, FigureValue>> FiguresAt(Book book, Instant asOf) =>
    [
        .. BookFigures.Of(book, new(asOf, AsKnown.All), Firmness.Paid, FlowOptions.Default with { ReportingCurrency = Id<Currency>("USD") }).Values
            .OrderBy(figure => figure.Key.ToString(), StringComparer.Ordinal),
    ];

    private static CompanyId Company(int number) => Id<CompanyId>($"company-{number:00000}");
}
