using System.Collections.Concurrent;
using System.Globalization;
using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Many writers at once: the table is what their commits give when they are made one after another, in the order of the versions.</summary>
public class ConcurrentWritersTests(ITestOutputHelper output)
{
    private const int Writers = 8;
    private const int Commits = 12;

    [Fact]
    public async Task Any_mix_of_commits_equals_the_same_commits_one_by_one()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        using var folder = new TempFolder();
        var done = new ConcurrentBag<(long Version, WriteDisposition Disposition, (long? Id, string? Name, double? Amount)[] Rows)>();
        var conflicts = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var random = new Random(HashCode.Combine(seed, w));
            using var lake = new Lake(new LocalObjectStore(folder.Path));
            for (var i = 1; i <= Commits;)
            {
                var disposition = random.Next(10) switch { < 4 => WriteDisposition.Append, < 9 => WriteDisposition.Upsert, _ => WriteDisposition.Replace };
                var rows = RowsOf(random, w, i, disposition);
                try
                {
                    var result = await lake.WriteAsync(lake.Request(lake.Record(i, pipeline: $"w{w}"), disposition), lake.Batch(rows));
                    done.Add((long.Parse(result.Version, CultureInfo.InvariantCulture), disposition, rows));
                    i++;
                }
                catch (CommitConflictException error)
                {
                    Assert.NotEqual(WriteDisposition.Append, disposition);
                    Assert.Contains($"w{w}", error.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref conflicts);
                }
            }
        })));

        output.WriteLine($"{conflicts} conflicts");
        using var reader = new Lake(new LocalObjectStore(folder.Path));
        var snapshot = await reader.SnapshotAsync();
        Assert.Equal(Enumerable.Range(0, Writers * Commits).Select(v => (long)v), done.Select(d => d.Version).Order());
        Assert.All(snapshot.Records.Values, r => Assert.Equal(Commits, r.Sequence));
        Assert.Equal(OneByOne(done.OrderBy(d => d.Version)), (await reader.RowsAsync()).Order(StringComparer.Ordinal));
    }

    private static (long? Id, string? Name, double? Amount)[] RowsOf(Random random, int writer, int commit, WriteDisposition disposition)
    {
        // Appended rows have keys of their own: an upsert that meets a key twice puts one row in the place of both.
        var start = disposition == WriteDisposition.Append ? 1_000_000 + (writer * 10_000) + (commit * 10) : random.Next(6) * 20;
        return [.. Enumerable.Range(0, random.Next(1, 5)).Select(r => ((long?)start + r, (string?)$"w{writer}", (double?)((writer * 1000) + (commit * 10) + r)))];
    }

    private static IEnumerable<string> OneByOne(
        IEnumerable<(long Version, WriteDisposition Disposition, (long? Id, string? Name, double? Amount)[] Rows)> commits)
    {
        var table = new List<(long? Id, string? Name, double? Amount)>();
        foreach (var (_, disposition, rows) in commits)
        {
            if (disposition == WriteDisposition.Replace)
                table.Clear();
            else if (disposition == WriteDisposition.Upsert)
                table.RemoveAll(t => rows.Any(r => r.Id == t.Id));
            table.AddRange(rows);
        }

        return table.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Id}|{r.Name}|{r.Amount}")).Order(StringComparer.Ordinal);
    }
}
