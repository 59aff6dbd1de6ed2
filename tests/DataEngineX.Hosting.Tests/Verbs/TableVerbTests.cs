using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.Tests.Verbs;

/// <summary>What a host does with its tables from the command line.</summary>
public sealed class TableVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly InMemoryObjectStore _objects = new();
    private readonly DeltaTableCatalog _tables;

    public TableVerbTests() => _tables = new DeltaTableCatalog(_objects, TimeProvider.System, NoFailpoints.Instance);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task History_tells_the_last_commits()
    {
        for (var i = 1; i <= 3; i++)
            await ReplaceAsync(i);
        var host = Host();

        Assert.Equal(0, await host.RunAsync("history", "gold/numbers", "--limit", "2"));
        var lines = host.Output.Results.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches("^2  .*Z  replace  \\+1 -1 rows  run r3$", lines[0]);
        Assert.StartsWith("1  ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_makes_a_table_what_it_was()
    {
        await ReplaceAsync(1);
        await ReplaceAsync(2);
        var host = Host();

        Assert.Equal(0, await host.RunAsync("restore", "gold/numbers", "--version", "0"));
        Assert.Equal("gold/numbers is restored; it is at version 2 (+1 -1 rows)." + Environment.NewLine, host.Output.Results);
        Assert.Equal(["1"], await RowsAsync());
        var again = Host();
        Assert.Equal(0, await again.RunAsync("restore", "gold/numbers", "--as-of", "9000-01-01"));
        Assert.Equal(["1"], await RowsAsync());
    }

    [Fact]
    public async Task Vacuum_removes_files_and_tells_them_first_when_asked_to()
    {
        await ReplaceAsync(1);
        await ReplaceAsync(2);
        var refused = Host();
        Assert.Equal(1, await refused.RunAsync("vacuum", "gold/numbers", "--retention", "00:00:00"));
        Assert.Contains("must be asked for explicitly", refused.Output.Reasons, StringComparison.Ordinal);
        var dry = Host();
        Assert.Equal(0, await dry.RunAsync("vacuum", "gold/numbers", "--retention", "00:00:00", "--allow-shorter", "--dry-run"));
        Assert.Matches("^part-00000-r1-.*parquet\r?\ngold/numbers: 1 files of [0-9]+ bytes would be removed", dry.Output.Results);
        var host = Host();
        var objects = _objects.Count;
        Assert.Equal(0, await host.RunAsync("vacuum", "gold/numbers", "--retention", "00:00:00", "--allow-shorter"));
        Assert.Matches("^gold/numbers: 1 files of [0-9]+ bytes were removed", host.Output.Results);
        Assert.Equal(objects - 1, _objects.Count);
        Assert.Equal(["2"], await RowsAsync());
    }

    [Theory]
    [InlineData("history")]
    [InlineData("history", "gold/none")]
    [InlineData("history", "gold/numbers", "--limit", "few")]
    [InlineData("restore", "gold/numbers")]
    [InlineData("restore", "gold/numbers", "--version", "one")]
    [InlineData("vacuum", "gold/numbers", "--retention", "soon")]
    public async Task What_is_asked_wrongly_is_told(params string[] line)
    {
        await ReplaceAsync(1);
        var host = Host();

        Assert.Equal(2, await host.RunAsync(line));
        Assert.NotEmpty(host.Output.Reasons);
        Assert.Empty(host.Output.Results);
    }

    private TestHost Host() => new(_folder, _ => { }, services: s => s.AddSingleton<ITableCatalog>(_tables));

    private async Task ReplaceAsync(int i)
    {
        var schema = new Schema([new Field("n", Int64Type.Default, true)], null);
        var id = DatasetId.Table(Layer.Gold, "numbers");
        var record = new CommitRecord { Pipeline = "p", Target = id, RunId = $"r{i}", RunKey = $"k{i}", Sequence = i, FencingToken = 1, Cursor = Cursor.Empty };
        await using var writer = await _tables.OpenWriterAsync(
            new TableWriteRequest { Table = id, Schema = schema, Disposition = WriteDisposition.Replace, Record = record });
        await writer.TakeAsync(new RecordBatch(schema, [new Int64Array.Builder().Append(i).Build()], 1), CancellationToken.None);
        await writer.CommitAsync(record, CancellationToken.None);
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        await foreach (var batch in (await _tables.FindAsync(DatasetId.Table(Layer.Gold, "numbers")))!.ScanAsync(new TableScan()))
        {
            using (batch)
                rows.AddRange(((Int64Array)batch.Column(0)).Values.ToArray().Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
