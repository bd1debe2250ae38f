using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Importing;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Reading;
using ActorFinance.Scenarios.Branches;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>
/// Orders of branches promoted into journals of SQLite, through the actors of the companies, as the program does it: what the branch shows at the newest
/// knowledge is what the journal then shows, also where the journal has grown since the branch was made; and where one order is refused, nothing is written.
/// </summary>
public sealed class StoredPromotionTests : IDisposable
{
    private const int Companies = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorfinance-promotion-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_branch_shows_at_the_newest_knowledge_is_what_its_journal_shows_once_it_is_promoted()
    {
        var (accepted, refused) = (0, 0);
        for (var seed = 1; seed <= Effort.Samples(20); seed++)
        {
            var random = new Random(seed);
            var opened = await JournalSession.OpenAsync(Path.Combine(_folder.FullName, $"{seed}.db"), new SessionOptions());
            opened.Succeeded(out var session, out var error).ShouldBeTrue(error?.Message);
            await using (session!)
            {
                await WrittenAsync(session!, Founding(), mayRefuse: false);
                await WrittenAsync(session!, Orders(random, "base", 20), mayRefuse: true);
                var orders = Orders(random, "branch", 1 + random.Next(4));
                if (random.Next(2) == 0)
                {
                    await WrittenAsync(session!, Orders(random, "later", 6), mayRefuse: true);
                }

                var before = await BookOf(session!);
                var branch = Branch.Apply(before, AsKnown.All, [new Edit.Insert(orders)]);
                var isWritten = await WrittenAsync(session!, orders, mayRefuse: false);
                var after = await BookOf(session!);
                switch (branch)
                {
                    case BranchResult.Applied applied:
                        isWritten.ShouldBeTrue($"seed {seed}");
                        applied.Misfits.ShouldBeEmpty($"seed {seed}");
                        foreach (var asOf in new[] { Instant.Maximum, Instant.Of(2026, 6, 30) })
                        {
                            FiguresAt(after, asOf).ShouldBe(FiguresAt(applied.Book, asOf), $"seed {seed}");
                        }

                        accepted++;
                        break;
                    default:
                        isWritten.ShouldBeFalse($"seed {seed}");
                        after.Recorded.ShouldBe(before.Recorded, $"seed {seed}");
                        refused++;
                        break;
                }
            }
        }

        accepted.ShouldBeGreaterThan(5);
        refused.ShouldBeGreaterThan(1);
    }

    /// <summary>False where one is refused: then none is written. Those of a book to start from are written as far as they are accepted.</summary>
    private static async Task<bool> WrittenAsync(JournalSession session, ValueList<CommandEnvelope> orders, bool mayRefuse)
    {
        var items = orders.Select(order => new ImportItem(order, order.Id.Value)).ToList();
        var plan = await ImportPlan.MakeAsync(items, session.Reader, TimeProvider.System);
        while (plan.Refusals.Count > 0)
        {
            if (!mayRefuse)
            {
                return false;
            }

            items = [.. items.Except(plan.Refusals.Select(refusal => refusal.Item))];
            plan = await ImportPlan.MakeAsync(items, session.Reader, TimeProvider.System);
        }

        var result = await ImportRun.RunAsync(session, plan, progress: null, CancellationToken.None);
        result.Refusals.ShouldBeEmpty();
        await session.SettleAsync();
        return true;
    }

    private static async Task<Book> BookOf(JournalSession session)
    {
        var book = new Book();
        await foreach (var batch in session.Reader.ReadEventsAsync())
        {
            foreach (var recorded in batch)
            {
                book.Add(recorded);
            }
        }

        return book;
    }

    private static ValueList<CommandEnvelope> Founding() =>
    [
        .. Enumerable.Range(0, Companies).SelectMany(number => new CompanyCommand[]
        {
            new RegisterCompany($"Company {number}", Id<Currency>("USD"), CashPolicy: number == 0 ? CashPolicy.RejectShortfall : CashPolicy.AllowShortfall),
            new ReceiveExternalCash(Usd("500"), ExternalCategory.Opening),
            new CreateShareClass(Common, Quantity.Of(1), ShareQuantity.Of(2_000)),
            new IssueShares(Id<HolderId>("founders"), Common, ShareQuantity.Of(1_000)),
            new CommitPurchase(new(Id<CommitmentId>("promise"), Company(number), Company((number + 1) % Companies), Usd("300"), [], Conditions: null, Item: null, Quantity: null, Unit: null)),
        }.Select((command, place) => new CommandEnvelope(Id<CommandId>($"founding-{number}-{place}"), Company(number), Instant.Of(2026, 1, 1), command))),
    ];

    private static ValueList<CommandEnvelope> Orders(Random random, string name, int count) =>
    [
        .. Enumerable.Range(0, count).Select(number =>
        {
            var from = random.Next(Companies);
            var (company, partner) = (Company(from), Company((from + 1 + random.Next(Companies - 1)) % Companies));
            var amount = Money.Of(random.Next(1, 25_000) / 100m, Id<Currency>("USD"));
            CompanyCommand command = random.Next(9) switch
            {
                0 => new PayPurchase(partner, amount),
                1 => new Invest(partner, amount),
                2 => new ReceiveExternalCash(amount, ExternalCategory.Revenue),
                3 => new TransferShares(Id<HolderId>("founders"), HolderId.Of(partner), Common, ShareQuantity.Of(random.Next(1, 1_200))),
                4 => new SellShares(HolderId.Of(partner), Common, amount, Usd("1")),
                5 => new PayPurchase(Company((from + 1) % Companies), amount, Id<CommitmentId>("promise")),
                6 => new DrawLoan(Id<LoanId>($"{name}-{number}"), partner, amount, Rate: Quantity.Of(0.05m), Maturity: null),
                7 => new PayExternalCash(amount, ExternalCategory.Opex),
                _ => new TransferShares(Id<HolderId>("founders"), HolderId.Of(partner), Common, ShareQuantity.Of(random.Next(1, 50)), Usd("2")),
            };
            return new CommandEnvelope(Id<CommandId>($"{name}-{number}"), company, EventChange.Moved(Instant.Of(2026, 1, 31), random.Next(12), 0), command) { Rank = number };
        }),
    ];

    private static List<KeyValuePair<FigureKey, FigureValue>> FiguresAt(Book book, Instant asOf) =>
        [.. BookFigures.Of(book, new(asOf, AsKnown.All), Firmness.Paid, FlowOptions.Default).Values.OrderBy(figure => figure.Key.ToString(), StringComparer.Ordinal)];

    private static ShareClassId Common => Id<ShareClassId>("common");

    private static CompanyId Company(int number) => Id<CompanyId>($"company-{number}");
}
