using System.Text.Json;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class RegisterMarksTests
{
    private static readonly OwnershipBasis[] s_bases = [OwnershipBasis.Outstanding, OwnershipBasis.Voting, OwnershipBasis.FullyDiluted];

    [Fact]
    public void A_register_with_some_events_gone_and_others_come_equals_the_fold_of_the_list_that_is_left() =>
        Gen.Select(ShareGen.Events, ShareGen.Events, ShareGen.Cuts, Gen.Int[1, 12], Gen.Int[0, 6]).Sample(
            (events, others, cut, stride, every) =>
            {
                List<RecordedEvent> list = [.. InOrder(events)];
                List<RecordedEvent> gone = every == 0 ? [] : [.. list.Where((_, i) => i % (every * 3) == every)];

                // Others take the places of those that are gone, and some behind all.
                var last = events.Count;
                List<RecordedEvent> came = [.. InOrder(others.Take(every * 3).Select((other, i) => other with { Offset = i < gone.Count ? gone[i].Offset : new(last + i + 1) }))];
                foreach (var issuer in list.Concat(came).Select(recorded => recorded.Header.Emitter).Distinct())
                {
                    bool Of(RecordedEvent recorded) => recorded.Header.Emitter == issuer && ShareEvents.Concern(recorded.Event);
                    var left = list.Except(gone).Concat(came).Where(recorded => Of(recorded) && recorded.Header.EffectiveAt <= cut.AsOf);
                    var plain = new IssuerRegister(issuer);
                    foreach (var recorded in InOrder(left))
                    {
                        plain.Apply(recorded);
                    }

                    var marks = new RegisterMarks(issuer, list.Where(Of), stride);
                    Text(marks.With(cut.AsOf, [.. gone.Where(Of)], [.. came.Where(Of)])).ShouldBe(Text(plain));
                    Text(marks.With(Instant.Maximum, [], [])).ShouldBe(Text(new RegisterMarks(issuer, list.Where(Of), int.MaxValue).With(Instant.Maximum, [], [])));
                }
            },
            iter: Effort.Samples(500));

    private static IEnumerable<RecordedEvent> InOrder(IEnumerable<RecordedEvent> events) => events.OrderBy(recorded => recorded.Key);

    private static string Text(IssuerRegister issuer) =>
        string.Join(
            '\n',
            s_bases.Select(b => JsonSerializer.Serialize(OwnershipTable.Of(issuer, b)) + string.Join(';', OwnershipTable.EventsBehind(issuer, b).OrderBy(h => h.Key)))
                .Append(JsonSerializer.Serialize(StakeValue.Of(issuer)))
                .Append(string.Join(';', issuer.Ungrounded)));
}
