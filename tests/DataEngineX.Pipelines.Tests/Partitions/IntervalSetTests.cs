namespace DataEngineX.Pipelines.Tests.Partitions;

/// <summary>Interval sets against sets of numbers.</summary>
public sealed class IntervalSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Operations_are_those_of_sets(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var (left, leftNumbers) = Some(random);
            var (right, rightNumbers) = Some(random);
            Assert.Equal(leftNumbers.Union(rightNumbers).Order(), Numbers(left.Union(right)));
            Assert.Equal(leftNumbers.Intersect(rightNumbers).Order(), Numbers(left.Intersect(right)));
            Assert.Equal(leftNumbers.Except(rightNumbers).Order(), Numbers(left.Except(right)));
            Assert.Equal(rightNumbers.IsSubsetOf(leftNumbers), left.Contains(right));
            Assert.Equal(leftNumbers.Count, left.Count);
            Assert.All(Enumerable.Range(-25, 80), n => Assert.Equal(leftNumbers.Contains(n), left.Contains(n)));
            Assert.Equal(left, IntervalSet.Parse(left.ToString()));
            Assert.Equal(leftNumbers.Order(), left.Pieces(3).SelectMany(p => Numbers(IntervalSet.Of(p.From, p.To))));
            Assert.All(left.Pieces(3), p => Assert.InRange(p.Count, 1, 3));
        }
    }

    [Fact]
    public void Neighbours_are_one_interval_and_text_stays_small()
    {
        var all = IntervalSet.Empty;
        for (var i = 0; i < 1000; i++)
            all = all.Union(IntervalSet.Of(i, i + 1));
        Assert.Equal([new Interval(0, 1000)], all.Intervals);
        Assert.Equal("0+1000", all.ToString());
        Assert.Equal("5,3+2", IntervalSet.Of([new Interval(9, 11), new Interval(5, 6)]).ToString());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1+0")]
    [InlineData("1,0")]
    [InlineData("1,,2")]
    public void What_is_no_interval_set_is_refused(string text) => Assert.Throws<FormatException>(() => IntervalSet.Parse(text));

    /// <summary>A million partitions of which every other one is done: all that planning does with them costs intervals, not partitions.</summary>
    [Fact]
    public void Planning_a_million_partitions_allocates_less_than_50_MB()
    {
        const int Million = 1_000_000;
        var done = IntervalSet.Of(Enumerable.Range(0, Million / 2).Select(i => new Interval(i * 2L, (i * 2L) + 1)));
        var text = done.ToString();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pending = IntervalSet.Of(0, Million).Except(IntervalSet.Parse(text)).Except(IntervalSet.Of(100, 200));
        var pieces = pending.Pieces(10).Count();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((500_000 - 50, 500_000 - 50), (pending.Count, pieces));
        Assert.InRange(allocated, 0, 50 << 20);
    }

    private static (IntervalSet Set, HashSet<long> Numbers) Some(Random random)
    {
        var intervals = Enumerable.Range(0, random.Next(8)).Select(_ =>
        {
            var from = random.Next(-20, 40);
            return new Interval(from, from + random.Next(6));
        }).ToList();
        return (IntervalSet.Of(intervals), [.. intervals.SelectMany(i => Enumerable.Range((int)i.From, (int)Math.Max(0, i.Count))).Select(n => (long)n)]);
    }

    private static IEnumerable<long> Numbers(IntervalSet set) => set.Intervals.SelectMany(i => Enumerable.Range((int)i.From, (int)i.Count)).Select(n => (long)n);
}
