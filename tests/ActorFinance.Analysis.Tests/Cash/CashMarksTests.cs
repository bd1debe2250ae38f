using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Cash;

public sealed class CashMarksTests
{
    [Fact]
    public void Balances_with_some_events_gone_and_others_come_equal_the_fold_of_the_list_that_is_left() =>
        Gen.Select(BookGen.Events, BookGen.Events, BookGen.Cuts, Gen.Int[1, 12], Gen.Int[0, 6]).Sample(
            (events, others, cut, stride, every) =>
            {
                var book = new Book(events);
                bool IsCompany(HolderId holder) => book.IsCompany(holder, AsKnown.All);
                List<RecordedEvent> list = [.. book.At(Cut.Everything).Events];
                List<RecordedEvent> gone = every == 0 ? [] : [.. list.Where((recorded, i) => i % (every * 3) == every && recorded.Event is not CompanyRegistered)];
                var last = events.Count;
                List<RecordedEvent> came =
                [
                    .. others.Where(recorded => recorded.Event is not CompanyRegistered).Take(every * 3)
                        .Select((other, i) => other with { Offset = i < gone.Count ? gone[i].Offset : new(last + i + 1) }),
                ];
                var changes = new AccountChanges();
                gone.ForEach(recorded => changes.Remove(recorded, IsCompany));
                came.ForEach(recorded => changes.Add(recorded, IsCompany));

                List<RecordedEvent> left = [.. list.Except(gone).Concat(came).Where(recorded => recorded.Header.EffectiveAt <= cut.AsOf).OrderBy(recorded => recorded.Key)];
                var marks = new CashMarks(list, IsCompany, stride);
                var companies = marks.Companies.Union(changes.Companies).Order();
                companies.SelectMany(company => marks.With(company, cut.AsOf, changes, registrations: null)).ShouldBe(CashFold.Of(book.Resolve(Cut.Everything), left, IsCompany).Balances);

                // So is what they burn, to the events behind it.
                var span = new RollingSpan(every + 1, 'D');
                var burns = Burn.Of(new Counted(book, book.Resolve(cut with { AsKnown = AsKnown.All }), left), span);
                if (burns.Count > 0)
                {
                    var burnMarks = new BurnMarks(marks, new(burns[0].From, burns[0].To), span.Months, IsCompany);
                    companies.SelectMany(company => burnMarks.With(company, changes, IsCompany)).ShouldBe(burns);
                    companies.SelectMany(company => burnMarks.With(company, changes, IsCompany)).ShouldBe(burns, "sums are kept as they were");
                }
            },
            iter: Effort.Samples(500));
}
