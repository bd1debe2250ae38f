using System.Text.Json;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;
using CsCheck;

namespace ActorFinance.Actors.Tests.Projections;

/// <summary>Three indexes on one set of places, saved in the middle of a book and loaded again, answer as the plain folds of the reference do; and what was published stays as it was.</summary>
public sealed class BookIndexTests
{
    [Fact]
    public void A_loaded_index_that_takes_the_rest_equals_the_plain_folds_of_the_reference_at_every_cut() =>
        Gen.Select(BookGen.OfUpTo(70), BookGen.Cuts.Array[1, 3], Gen.Double[0, 1]).Sample(
            (events, cuts, part) => Check(events, events, cuts, (int)(part * events.Count)),
            iter: Effort.Samples(250));

    [Fact]
    public void It_does_so_on_books_of_shares() =>
        Gen.Select(ShareGen.Events, ShareGen.Cuts.Array[1, 3], Gen.Double[0, 1]).Sample(
            (events, cuts, part) => Check(events, events, cuts, (int)(part * events.Count)),
            iter: Effort.Samples(250));

    [Fact]
    public void What_is_saved_again_after_loading_is_the_same_bytes() =>
        BookGen.Events.Sample(
            events =>
            {
                var bytes = Saved(Filled(new(BookParts.All), events));
                Saved(Loaded(bytes)).Select(Convert.ToHexString).ShouldBe(bytes.Select(Convert.ToHexString));
            },
            iter: Effort.Samples(100));

    [Fact]
    public void What_was_published_stays_as_it_was_when_more_arrives() =>
        Gen.Select(BookGen.OfUpTo(70), BookGen.Cuts.Array[1, 3], Gen.Double[0, 1]).Sample(
            (events, cuts, part) =>
            {
                var known = events.Take((int)(part * events.Count)).ToList();
                var index = Filled(new(BookParts.All), known);
                var published = index.Publish();
                foreach (var recorded in events.Skip(known.Count))
                {
                    index.Apply(recorded);
                    index.Publish();
                }

                foreach (var cut in cuts)
                {
                    Same(published, known, cut);
                }
            },
            iter: Effort.Samples(150));

    private static void Check(IReadOnlyList<RecordedEvent> events, IReadOnlyList<RecordedEvent> all, Cut[] cuts, int saved)
    {
        var index = Filled(Loaded(Saved(Filled(new(BookParts.All), events.Take(saved)))), events.Skip(saved));
        foreach (var cut in cuts)
        {
            Same(index.Publish(), all, cut);
        }
    }

    private static void Same(BookView view, IReadOnlyList<RecordedEvent> events, Cut cut)
    {
        var (state, counted) = (ReferenceFold.State(events, cut), new Book(events).At(cut));
        view.Cash.Cash.At(cut).ShouldBe(Analysis.Cash.CashFold.Of(view.Places.Resolve(cut), state, holder => ReferenceFold.IsCompany(events, holder, cut.AsKnown)));
        Text(view.Ownership.Shares.At(cut)).ShouldBe(Text(ShareRegister.Fold(state)));
        foreach (var firmness in Enum.GetValues<Firmness>())
        {
            var window = FlowWindow.Everything with { To = cut.AsOf };
            Text(CircularView.At(view.CircularFlow, cut, window, firmness, Options)).ShouldBe(Text(CircularFlow.Of(counted, window, Options, firmness)), $"{cut} {firmness}");
        }

        var listed = view.Places.List(cut, all: false, after: null);
        listed.Offsets(0, int.MaxValue).ShouldBe(state.Select(recorded => recorded.Offset));
    }

    private static FlowOptions Options { get; } = FlowOptions.Default with { ReportingCurrency = Value.Parse<Currency>("USD"), InKind = true };

    private static BookIndex Filled(BookIndex index, IEnumerable<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            index.Apply(recorded);
        }

        return index;
    }

    private static byte[][] Saved(BookIndex index) => Array.ConvertAll<BookParts, byte[]>(
        [BookParts.None, BookParts.Cash, BookParts.Ownership, BookParts.CircularFlow],
        part =>
        {
            using var stream = new MemoryStream();
            index.Save(part, new(stream), StoredBytes.Instance);
            return stream.ToArray();
        });

    private static BookIndex Loaded(byte[][] bytes) => BookIndex.Load(
        BookParts.All,
        part =>
        {
            var section = bytes[part == BookParts.None ? 0 : 1 + int.Log2((int)part)];
            return new StateReader(new MemoryStream(section), section.Length);
        },
        StoredBytes.Instance);

    private static string Text(ShareRegister register) => string.Join(
        '\n',
        register.Issuers.Select(issuer =>
            JsonSerializer.Serialize(OwnershipTable.Of(issuer, OwnershipBasis.FullyDiluted))
            + string.Join(';', OwnershipTable.EventsBehind(issuer, OwnershipBasis.FullyDiluted).OrderBy(held => held.Key))
            + JsonSerializer.Serialize(StakeValue.Of(issuer))
            + JsonSerializer.Serialize(Dilution.Of(issuer, OwnershipBasis.Outstanding))
            + string.Join(';', issuer.Ungrounded)));

    private static string Text(FlowOutcome<CircularAnswer> outcome) => outcome.Error?.Message
        ?? JsonSerializer.Serialize(outcome.Value) + string.Join(';', outcome.Value!.Finn.Events) + string.Join(';', outcome.Value.Companies.SelectMany(company => company.Traced.Investments));
}
