using System.Buffers.Binary;
using ActorFinance.Model;

namespace ActorFinance.Benchmarks.Books;

/// <summary>
/// The share events of one issuer over ten years: issues, transfers and repurchases among many holders, ten splits, some valuations; one in twenty
/// recorded up to a year late, one in a hundred voided. Known when recorded, but for history that states an earlier time. The same for the same sizes.
/// </summary>
internal sealed class ShareEventsBook
{
    public static readonly CompanyId Issuer = Value.Parse<CompanyId>("issuer");

    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");
    private readonly List<RecordedEvent> _events = [];
    private readonly Random _random = new(20260102);

    public ShareEventsBook(int holders, int events)
    {
        var names = Enumerable.Range(0, holders).Select(i => Value.Parse<HolderId>($"holder-{i:00000}")).ToArray();
        var held = new decimal[holders];
        var days = 3650;
        Add(0, 0, new ShareClassCreated(Common, Quantity.Of(1), null, 0, Quantity.Of(1), false));
        while (_events.Count < events)
        {
            var day = (int)((long)_events.Count * days / events);
            var effective = _random.Next(20) == 0 ? Math.Max(1, day - _random.Next(365)) : day;
            var (one, other) = (_random.Next(holders), _random.Next(holders));
            var kind = _random.Next(1000);
            if (_events.Count % (events / 10) == events / 20)
            {
                Add(day, day, new SharesSplit(Common, 2, 1));
                held = [.. held.Select(h => h * 2)];
            }
            else if (kind < 10 && _events[_random.Next(_events.Count)] is { Event: SharesRepurchased } named)
            {
                Add(day, day, new EventVoided(named.Header.Id, "a mistake", null, null));
            }
            else if (kind < 20)
            {
                Add(effective, day, new ValuationRecorded(Value.Parse<ValuationId>($"v{_events.Count}"), null, null, Money.Of(_random.Next(1, 1_000_000), Value.Parse<Currency>("USD")), null));
            }
            else if (kind < 500 || held[one] < 2 || one == other)
            {
                var quantity = _random.Next(1, 100_000);
                held[one] += quantity;
                Add(effective, day, new SharesIssued(names[one], Common, ShareQuantity.Of(quantity), null, Consideration.None, null, null, null, null, null));
            }
            else
            {
                // A twentieth at most, so that what is backdated finds its shares nearly always.
                var quantity = Math.Ceiling(held[one] / 20);
                held[one] -= quantity;
                if (kind < 900)
                {
                    held[other] += quantity;
                    Add(effective, day, new SharesTransferred(names[one], names[other], Common, ShareQuantity.Of(quantity), null, null, false, false));
                }
                else
                {
                    Add(effective, day, new SharesRepurchased(names[one], Common, ShareQuantity.Of(quantity), null));
                }
            }
        }
    }

    public IReadOnlyList<RecordedEvent> Events => _events;

    /// <summary>Any time of the ten years, as known at any offset or at any time.</summary>
    public Cut AnyCut(Random random) => new(
        Day(random.Next(3650)),
        random.Next(2) == 0 ? new AsKnown.AtOffset(new(random.Next(1, _events.Count + 1))) : new AsKnown.AtTime(Day(random.Next(3650))));

    private static Instant Day(int day) => new(Instant.Of(2016, 1, 1).UtcTicks + (day * TimeSpan.TicksPerDay));

    private void Add(int effective, int recorded, CompanyEvent fact)
    {
        var number = _events.Count + 1;
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        (id[6], id[8]) = (0x70, 0x80);
        BinaryPrimitives.WriteInt32BigEndian(id[12..], number);
        var at = new Instant(Day(recorded).UtcTicks + number);
        var header = new EventHeader(
            new(new Guid(id, bigEndian: true)), Issuer, number, Day(effective), 0, at, at, null, null, null, null, StepRole.None, Value.Parse<CommandId>($"c{number}"),
            default, null, null, null, null, default);
        _events.Add(new(new(number), new(header, fact)));
    }
}
