namespace DataEngineX.Quality.Tests.Statistics;

public class HyperLogLogTests
{
    [Fact]
    public void Merging_any_parts_gives_the_state_of_the_single_pass()
    {
        var random = new Random(5);
        var hashes = Hashes(random, 20_000);
        var whole = new HyperLogLog();
        whole.Add(hashes);
        var merged = new HyperLogLog();
        for (var start = 0; start < hashes.Length;)
        {
            var end = Math.Min(hashes.Length, start + random.Next(1, 5000));
            var part = new HyperLogLog();
            part.Add(hashes.AsSpan(start..end));
            merged.Merge(HyperLogLog.Parse(part.ToJson()));
            start = end;
        }

        Assert.Equal(whole.ToJson(), merged.ToJson());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    [InlineData(400_000)]
    public void Estimates_are_within_their_error(int distinct) => Check(new Random(distinct), distinct, 5);

    [Fact]
    [Trait("Category", "Soak")]
    public void Estimates_are_within_their_error_for_many_seeds()
    {
        for (var i = 0; i < SoakSettings.Count; i++)
        {
            var random = new Random(SoakSettings.Seed + i);
            Check(random, (int)Math.Pow(10, random.NextDouble() * 6), 5);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"kind":"quantile_sketch","version":1,"state":""}""")]
    [InlineData("""{"kind":"hyper_log_log","version":2,"state":""}""")]
    [InlineData("""{"kind":"hyper_log_log","version":1}""")]
    [InlineData("""{"kind":"hyper_log_log","version":1,"state":"AAAA"}""")]
    public void What_is_no_state_is_refused(string json) => Assert.Throws<FormatException>(() => HyperLogLog.Parse(json));

    [Fact]
    public void Registers_out_of_range_are_refused()
    {
        var state = Convert.ToBase64String(Enumerable.Repeat((byte)60, 16_384).ToArray());
        Assert.Throws<FormatException>(() => HyperLogLog.Parse($$"""{"kind":"hyper_log_log","version":1,"state":"{{state}}"}"""));
    }

    /// <summary>Repeats do not matter, and the error stays below so many standard errors.</summary>
    private static void Check(Random random, int distinct, double errors)
    {
        var hashes = Hashes(random, distinct);
        var sketch = new HyperLogLog();
        sketch.Add(hashes);
        sketch.Add(hashes.AsSpan(0, distinct / 2));
        // Of a few values two may fall on one register.
        var room = Math.Max(2, errors * HyperLogLog.StandardError * distinct);
        Assert.True(Math.Abs(sketch.Estimate - distinct) <= room, $"{sketch.Estimate} instead of {distinct}");
    }

    private static ulong[] Hashes(Random random, int count)
    {
        var hashes = new ulong[count];
        for (var i = 0; i < count; i++)
            hashes[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        return hashes;
    }
}
