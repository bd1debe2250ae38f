using ActorFinance.Actors.Companies;

namespace ActorFinance.Actors.Tests.Companies;

public class TimedIdsTests
{
    [Fact]
    public void Ids_are_UUIDs_of_version_7_that_differ_and_sort_by_their_millisecond()
    {
        var start = new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 2_000).Select(millisecond => TimedIds.Next(start.AddMilliseconds(millisecond))).ToList();

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Version == 7 && id.Variant >= 8 && id.Variant <= 11);
        ids.Select(id => id.ToString()).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        ids[0].ToString()[..13].ShouldBe(Guid.CreateVersion7(start).ToString()[..13]);
    }
}
