using System.Text.Json;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Projections;

/// <summary>Questions while many companies write: no torn read, and never behind a write that the question knew of.</summary>
public sealed class QuestionsBesideWritesTests
{
    private const int Writers = 6;
    private const int Batches = 60;
    private const int BatchSize = 5;
    private const int QuestionsMin = 20;

    /// <summary>The plain fold is quadratic, and on a busy machine the writers take long enough for thousands of questions.</summary>
    private const int AnswersChecked = 60;

    [Fact]
    public async Task Each_answer_is_the_plain_fold_at_the_offset_that_it_reports()
    {
        await using var book = await OpenBook.OpenAsync(new() { WithProjections = true });
        var companies = Enumerable.Range(0, Writers).Select(i => $"company-{i}").ToList();
        foreach (var company in companies)
        {
            await book.RegisterIssuerAsync(company);
        }

        (string Company, long SequenceNumber) acknowledged = ("company-0", 1);
        var lockOfAcknowledged = new Lock();
        var writing = Task.WhenAll(companies.Select((_, writer) => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var batch = 0; batch < Batches; batch++)
            {
                var orders = Enumerable.Range(0, BatchSize).Select(i => Any(random, companies, writer, $"{writer}-{batch}-{i}")).ToList();
                var replies = await book.Session.SubmitAsync(orders[0].Company, [.. orders]);
                foreach (var accepted in replies.OfType<CommandReply.Accepted>().Where(reply => reply.Events.Length > 0))
                {
                    lock (lockOfAcknowledged)
                    {
                        var last = accepted.Events[^1].Header;
                        acknowledged = (last.Emitter.Value, last.SequenceNumber);
                    }
                }
            }
        })));

        var projection = book.Session.Projection.ShouldNotBeNull();
        var random = new Random(1);
        var answers = new List<(Cut Cut, Offset AtLeast, AllAtCut Answer)>();
        while (!writing.IsCompleted || answers.Count < QuestionsMin)
        {
            (string Company, long SequenceNumber) last;
            lock (lockOfAcknowledged)
            {
                last = acknowledged;
            }

            var atLeast = new Offset(book.Journal.Ask($"SELECT ordering FROM journal WHERE persistence_id = 'company-{last.Company}' AND sequence_number = {last.SequenceNumber}"));
            var cut = new Cut(random.Next(3) == 0 ? Instant.Maximum : Day(random), random.Next(3) == 0 ? new AsKnown.AtOffset(new(1 + random.Next((int)atLeast.Value))) : AsKnown.All);
            answers.Add((cut, atLeast, await JournalSession.AskAsync<BookView, AllAtCut>(projection, new AllAsked(cut, atLeast))));
        }

        await writing;
        var events = await book.EventsAsync();
        var apart = Math.Max(1, answers.Count / AnswersChecked);
        foreach (var (cut, atLeast, answer) in answers.Where((_, i) => i % apart == 0))
        {
            var at = answer.Cash.Cut.Offset;
            if (cut.AsKnown == AsKnown.All)
            {
                at.ShouldBeGreaterThanOrEqualTo(atLeast);
            }

            IReadOnlyList<RecordedEvent> known = [.. events.Where(recorded => recorded.Offset <= at)];
            var state = ReferenceFold.State(known, cut with { AsKnown = AsKnown.All });
            bool IsCompany(HolderId holder) => ReferenceFold.IsCompany(known, holder, AsKnown.All);
            JsonSerializer.Serialize(answer.Cash.Balances).ShouldBe(JsonSerializer.Serialize(CashFold.Of(answer.Cash.Cut, state, IsCompany).Balances), $"{cut} at {at}");
            Text(answer.Shares).ShouldBe(Text(ShareRegister.Fold(state)), $"{cut} at {at}");
            JsonSerializer.Serialize(answer.Flow.Value).ShouldBe(JsonSerializer.Serialize(CircularFlow.Of(state, IsCompany, CircularSnapshot.UpTo(cut, FlowWindow.Everything), Measured, 0).Value), $"{cut} at {at}");
        }

        answers.Select(answer => answer.Answer.Cash.Cut.Offset).Distinct().Count().ShouldBeGreaterThan(5);
    }

    private static FlowOptions Measured { get; } = FlowOptions.Default with { Measures = FlowMeasures.Network };

    private static string Text(ShareRegister register) => JsonSerializer.Serialize(OwnershipTable.Of(register, OwnershipBasis.FullyDiluted));

    /// <summary>All three of one view: they stand at one offset.</summary>
    private sealed record AllAtCut(CashAnswer Cash, ShareRegister Shares, FlowOutcome<CircularAnswer> Flow);

    private sealed record AllAsked(Cut Cut, Offset AtLeast) : Question<BookView>(AtLeast)
    {
        public override object Answer(BookView view) => new AllAtCut(
            view.Cash.Cash.At(Cut), view.Ownership.Shares.At(Cut), CircularView.At(view.CircularFlow, Cut, FlowWindow.Everything, Firmness.Paid, Measured));
    }

    private static CommandEnvelope Any(Random random, List<string> companies, int writer, string id)
    {
        var other = companies[(writer + 1 + random.Next(Writers - 1)) % Writers];
        CompanyCommand command = random.Next(5) switch
        {
            0 => new ReceiveExternalCash(Money("3 USD"), ExternalCategory.Revenue),
            1 => new PayPurchase(Company(other), Money("2 USD")),
            2 => new SellShares(Holder(other), Common, Money("10 USD"), Money("2 USD")),
            3 => new PayTransfer(Company(other), Money("0.5 USD"), TransferPurpose.Fee),
            _ => new PayExternalCash(Money("1 USD"), ExternalCategory.Opex),
        };
        return new(Value.Parse<CommandId>(id), Company(companies[writer]), Day(random), command);
    }

    private static Instant Day(Random random) => At($"2026-{1 + random.Next(12):00}-{1 + random.Next(28):00}");
}
