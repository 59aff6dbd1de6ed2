using Apache.Arrow;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality.Tests;

/// <summary>Checks a batch as a whole and in parts of several lengths, and insists that all say the same.</summary>
internal static class Suites
{
    public static readonly DateTimeOffset Now = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static Verdict Verdict(RecordBatch batch, Func<QualityBuilder, QualityBuilder> rules) => Assert.Single(Check(batch, rules).Verdicts);

    public static SuiteResult Check(RecordBatch batch, Func<QualityBuilder, QualityBuilder> rules)
    {
        using (batch)
        {
            var suite = rules(new QualityBuilder()).Build();
            var whole = Run(suite, batch, Math.Max(1, batch.Length));
            foreach (var length in new[] { 1, 2, 3, 7 })
                Same(whole, Run(suite, batch, length));
            return whole;
        }
    }

    /// <summary>The numbers of the rows that fail, as far as samples tell.</summary>
    public static IReadOnlyList<long> Failing(Verdict verdict)
    {
        Assert.Equal(Math.Min(verdict.Failed, RuleContext.DefaultMaxSamples), verdict.Samples.Count);
        return [.. verdict.Samples.Select(s => s.Row)];
    }

    public static void Same(SuiteResult expected, SuiteResult actual)
    {
        Assert.Equal(expected.Success, actual.Success);
        Assert.Equal(expected.Verdicts.Select(Describe), actual.Verdicts.Select(Describe));
    }

    public static string Describe(Verdict v) =>
        $"{v.Rule} {v.Column} {v.Outcome} {v.Severity} {v.Elements} {v.Missing} {v.Checked} {v.Failed} {v.Mostly} {v.Observed} {v.ObservedJson} {v.Message} "
        + $"[{string.Join(", ", v.Samples.Select(s => $"{s with { Keys = [] }} {string.Join(' ', s.Keys)}"))}] [{string.Join(' ', v.Group)}] [{string.Join(' ', v.Details)}] "
        + $"[{string.Join(' ', v.CommonValues)}] [{string.Join(' ', v.Thresholds)}]";

    private static SuiteResult Run(Suite suite, RecordBatch batch, int length)
    {
        var allocator = new TrackingAllocator();
        var parts = batch.Length == 0 ? [batch.SliceShared(0, 0)] : Rows.Split(batch, length);
        var check = suite.CheckAsync(Rows.Stream(parts), batch.Schema, new CheckOptions { Clock = new FixedClock(Now), Allocator = allocator }).AsTask();
        var result = check.GetAwaiter().GetResult();
        Assert.Equal(0, allocator.HeldBytes);
        return result;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
