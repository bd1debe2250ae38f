using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using CsCheck;

namespace ActorFinance.Testing.Generators;

/// <summary>
/// Random share events of two issuers that hold parts of each other, recorded late and early, some voided. The classes come first; beyond
/// that nothing sees to it that an event fits, so that what a register makes of a misfit is tried as well.
/// </summary>
public static class ShareGen
{
    private static readonly string[] Issuers = ["ant", "bee"];
    private static readonly string[] Holders = ["ant", "bee", "fund", "staff", "outside"];
    private static readonly string[] Classes = ["common", "preferred", "units"];
    private static readonly Currency Usd = Value.Parse<Currency>("USD");

    private static Gen<(int Kind, int Issuer, int Class, int Holder, int Other, int Size, int Day, int Rank, int Known, int Pick)> Plan { get; } =
        Gen.Select(
            Gen.Select(Gen.Int[0, 14], Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 4]),
            Gen.Select(Gen.Int[0, 4], Gen.Int[1, 99999], Gen.Int[0, 9]),
            Gen.Select(Gen.Int[0, 1], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 100])), Gen.Int[0, 1000]),
            (a, b, c) => (a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, c.Item1, c.Item2, c.Item3));

    public static Gen<IReadOnlyList<RecordedEvent>> Events { get; } =
        Plan.Array[0, 50].Select(IReadOnlyList<RecordedEvent> (plans) =>
        {
            var book = new BookBuilder();
            foreach (var issuer in Issuers)
            {
                book.Add(issuer, "2025-12-27", Created("common", 0, 1, notional: false))
                    .Add(issuer, "2025-12-27", Created("preferred", 3, 1.5m, notional: false))
                    .Add(issuer, "2025-12-28", Created("units", 0, 1, notional: true));
            }

            foreach (var plan in plans)
            {
                var issuer = BookBuilder.Company(Issuers[plan.Issuer]);
                var effective = new Instant(Instant.Of(2025, 12, 28).UtcTicks + (plan.Day * TimeSpan.TicksPerDay));
                Instant? known = plan.Known == 0 ? null : new(BookBuilder.FirstRecordedAt.UtcTicks + ((book.Events.Count - plan.Known) * TimeSpan.TicksPerMinute));
                if (plan.Kind < 13)
                {
                    book.Add(issuer, effective, Fact(plan), plan.Rank, known);
                }
                else if (book.Events[plan.Pick % book.Events.Count] is { Event: not EventVoided } named)
                {
                    book.Add(named.Header.Emitter, effective, new EventVoided(named.Header.Id, "a mistake", null, null), plan.Rank);
                }
            }

            return book.Events;
        });

    /// <summary>A cut on either axis that falls before, among and after the events.</summary>
    public static Gen<Cut> Cuts { get; } =
        Gen.Select(
            Gen.Frequency((1, Gen.Const(Instant.Maximum)), (3, Gen.Int[-2, 9].Select(day => new Instant(Instant.Of(2025, 12, 28).UtcTicks + (day * TimeSpan.TicksPerDay))))),
            Gen.Frequency(
                (1, Gen.Const(AsKnown.All)),
                (2, Gen.Long[0, 60].Select(AsKnown (offset) => new AsKnown.AtOffset(new(offset)))),
                (2, Gen.Int[-100, 60].Select(AsKnown (minutes) => new AsKnown.AtTime(new(BookBuilder.FirstRecordedAt.UtcTicks + (minutes * TimeSpan.TicksPerMinute)))))),
            (asOf, asKnown) => new Cut(asOf, asKnown));

    public static ShareClassCreated Created(string shareClass, int decimals, decimal ratio, bool notional) =>
        new(Value.Parse<ShareClassId>(shareClass), Quantity.Of(1), null, decimals, Quantity.Of(ratio), notional);

    private static CompanyEvent Fact((int Kind, int Issuer, int Class, int Holder, int Other, int Size, int Day, int Rank, int Known, int Pick) plan)
    {
        var shareClass = Value.Parse<ShareClassId>(Classes[plan.Class]);
        var holder = BookBuilder.Holder(Holders[plan.Holder]);
        var other = BookBuilder.Holder(Holders[(plan.Holder + 1 + (plan.Other % 4)) % 5]);
        var quantity = ShareQuantity.Of(plan.Size);
        var price = Money.Of(plan.Size / 1000m, Usd);
        var warrant = Value.Parse<WarrantId>($"w{plan.Pick % 3}");
        var convertible = Value.Parse<ConvertibleId>($"c{plan.Pick % 3}");
        return plan.Kind switch
        {
            0 or 1 or 2 when plan.Class == 2 =>
                new SharesIssued(holder, shareClass, null, Fraction.Of(plan.Size / 1_000_000m), Consideration.None, null, null, null, null, null),
            0 or 1 or 2 => new SharesIssued(holder, shareClass, quantity, null, Consideration.None, null, null, plan.Pick % 2 == 0 ? price : null, null, null),
            3 or 4 => new SharesTransferred(holder, other, shareClass, ShareQuantity.Of((plan.Size / 2) + 1), null, null, SellerIsCompany: false, BuyerIsCompany: false),
            5 => new SharesRepurchased(holder, shareClass, ShareQuantity.Of((plan.Size / 3) + 1), null),
            6 => new SharesSplit(shareClass, (plan.Pick % 5) + 1, (plan.Size % 4) + 1),
            7 => new PoolReserved(shareClass, quantity),
            8 => new WarrantGranted(warrant, holder, shareClass, price, null, [new("first", quantity, null), new("second", ShareQuantity.Of(7), null)]),
            9 => plan.Pick % 2 == 0 ? new WarrantVested(warrant, "first") : new WarrantLapsed(warrant),
            10 => new WarrantExercised(warrant, ShareQuantity.Of(plan.Size % 10), null, null),
            11 => new ConvertibleRegistered(convertible, holder, null, Money.Of(plan.Size, Usd), plan.Pick % 3 == 0 ? null : shareClass, plan.Pick % 4 == 0 ? null : price, null),
            12 when plan.Pick % 2 == 0 => new ConvertibleConverted(convertible, shareClass, quantity),
            _ => new ValuationRecorded(
                Value.Parse<ValuationId>($"v{plan.Pick}"),
                plan.Pick % 3 == 0 ? shareClass : null,
                plan.Pick % 3 == 0 ? price : null,
                plan.Pick % 3 == 1 ? price : null,
                plan.Pick % 3 == 2 ? price : null),
        };
    }
}
