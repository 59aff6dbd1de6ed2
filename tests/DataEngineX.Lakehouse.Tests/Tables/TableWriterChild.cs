using System.Globalization;
using System.Text.Json;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>
/// What <see cref="WriterProcessesTests"/> runs in processes of their own: one writer of a table that appends, merges, deletes and compacts, and
/// writes down what it did. Test runs leave the trait Child out.
/// </summary>
[Trait("Category", "Child")]
public sealed class TableWriterChild
{
    /// <summary>Names the folder of the table and so turns it on.</summary>
    public const string Folder = "DEX_TEST_TABLE";

    /// <summary>The number of the writer, the commits it makes and the seed, with blanks between.</summary>
    public const string Work = "DEX_TEST_WORK";

    /// <summary>Rows with keys below this are counters that all writers add to.</summary>
    public const int Counters = 40;

    private const int MostAppended = 5;
    private const long KeysOfWriter = 1_000_000;

    private readonly Dictionary<long, double> _added = [];
    private readonly List<long> _own = [];
    private int _conflicts;
    private long _next;

    [Fact]
    public async Task Writes()
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(folder is null, "Run by WriterProcessesTests.");
        int[] work = [.. Environment.GetEnvironmentVariable(Work)!.Split(' ').Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
        var (writer, commits, random) = (work[0], work[1], new Random(HashCode.Combine(work[0], work[2])));
        _next = (writer + 1) * KeysOfWriter;
        using var lake = new Lake(new LocalObjectStore(folder));
        for (var commit = 1; commit <= commits; commit++)
            await CommitAsync(lake, writer, commit, random);
        var report = new WriterReport(_added.ToDictionary(a => a.Key.ToString(CultureInfo.InvariantCulture), a => a.Value), _own, _conflicts);
        await File.WriteAllTextAsync(ReportOf(folder, writer), JsonSerializer.Serialize(report), TestContext.Current.CancellationToken);
    }

    public static string ReportOf(string folder, int writer) => $"{folder}.{writer}.json";

    private Task CommitAsync(Lake lake, int writer, int commit, Random random) => random.Next(100) switch
    {
        < 50 => AppendAsync(lake, writer, commit, random),
        < 75 => MergeAsync(lake, random),
        < 97 when _own.Count > 0 => DeleteAsync(lake, random),
        < 97 => AppendAsync(lake, writer, commit, random),
        _ => ApplyAsync(lake, new CompactFiles()),
    };

    private async Task AppendAsync(Lake lake, int writer, int commit, Random random)
    {
        long[] ids = [.. Enumerable.Range(0, random.Next(1, MostAppended)).Select(_ => _next++)];
        var record = lake.Record(commit, pipeline: $"w{writer}");

        // A blind append never conflicts: it is not tried again.
        await lake.WriteAsync(lake.Request(record), lake.Batch([.. ids.Select(id => ((long?)id, (string?)$"w{writer}", (double?)id))]));
        _own.AddRange(ids);
    }

    private async Task MergeAsync(Lake lake, Random random)
    {
        var rows = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (long)random.Next(Counters)).Distinct()
            .Select(id => new CounterRow(id, "counter", random.Next(1, 100))).ToList();
        var plus = (Col("amount") + MergeClause.Source("amount")).As("amount");
        await ApplyAsync(lake, new MergeRows(
            Flow.From(new RowsSource<CounterRow>("added", rows)).Node, ["id"], [MergeClause.WhenMatchedUpdate(set: [plus]), MergeClause.WhenNotMatchedInsert()]));
        foreach (var row in rows)
            _added[row.Id] = _added.GetValueOrDefault(row.Id) + row.Amount!.Value;
    }

    private async Task DeleteAsync(Lake lake, Random random)
    {
        var id = _own[random.Next(_own.Count)];
        await ApplyAsync(lake, new DeleteRows(Col("id") == id));
        _own.Remove(id);
    }

    private async Task ApplyAsync(Lake lake, TableOperation operation)
    {
        while (true)
        {
            try
            {
                var table = await lake.TableAsync();
                await table.ApplyAsync(operation, TestContext.Current.CancellationToken);
                return;
            }
            catch (CommitConflictException)
            {
                _conflicts++;
            }
        }
    }

    private sealed record CounterRow(long Id, string? Name, double? Amount);
}
