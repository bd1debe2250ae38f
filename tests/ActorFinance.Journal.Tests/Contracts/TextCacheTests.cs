using System.Text;
using ActorFinance.Journal.Contracts;
using CsCheck;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class TextCacheTests
{
    [Fact]
    public void A_text_finds_what_was_kept_for_it_or_nothing()
    {
        // Few letters and every length, so that many share their ends, their length, or both.
        var texts = Gen.Char['a', 'c'].Array[0, TextCache.LengthMaximum + 2].Select(letters => new string(letters));
        texts.Array[1, 50].Sample(
            kept =>
            {
                var cache = new TextCache(16);
                foreach (var text in kept)
                {
                    cache.Add(Encoding.UTF8.GetBytes(text), text);
                }

                return kept.All(text => cache.Find(Encoding.UTF8.GetBytes(text)) is not string found || found == text);
            },
            iter: Effort.Samples(2_000));
    }

    [Theory]
    [InlineData("aaaaaaaa-1-bbbbbbbb", "aaaaaaaa-2-bbbbbbbb")]
    [InlineData("abcdefgh", "abcdefghabcdefgh")]
    [InlineData("a", "b")]
    [InlineData("ab", "ba")]
    public void Texts_that_share_their_ends_are_told_apart(string one, string other)
    {
        var cache = new TextCache(1);

        cache.Add(Encoding.UTF8.GetBytes(one), one);

        cache.Find(Encoding.UTF8.GetBytes(one)).ShouldBe(one);
        cache.Find(Encoding.UTF8.GetBytes(other)).ShouldBeNull();
    }

    /// <summary>A hash of their first letters only drove ten companies in a row out of one slot, and each was parsed anew at every event.</summary>
    [Theory]
    [InlineData("company-{0:00000}")]
    [InlineData("c{0}")]
    [InlineData("a-company-with-a-long-name-{0:000}-and-an-ending")]
    public void Names_that_only_count_up_hardly_drive_each_other_out(string format)
    {
        var cache = new TextCache(16_384);
        var names = Enumerable.Range(0, 1_000).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, number)).ToList();
        foreach (var name in names)
        {
            cache.Add(Encoding.UTF8.GetBytes(name), name);
        }

        names.Count(name => cache.Find(Encoding.UTF8.GetBytes(name)) is not null).ShouldBeGreaterThan(900);
    }
}
