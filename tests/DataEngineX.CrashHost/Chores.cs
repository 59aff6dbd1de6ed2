using System.Globalization;
using Apache.Arrow;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.CrashHost;

/// <summary>What is done to a table by hand. Each chore may be done again after it was cut off.</summary>
internal sealed class Chores(ITableCatalog tables, IObjectStore store, IFailpoints failpoints)
{
    /// <summary>The rows that one append adds.</summary>
    private const int Rows = 500;

    /// <summary>More than fits the share of the memory budget that rows may wait in.</summary>
    private const int Many = 80_000;

    private static readonly DatasetId Id = DatasetId.Table(Layer.Silver, "things");

    public async Task DoAsync(string chore, IReadOnlyList<string> numbers)
    {
        switch (chore)
        {
            case "append":
                foreach (var number in numbers)
                    await AppendAsync(tables, "things", long.Parse(number, CultureInfo.InvariantCulture));
                break;
            case "set":
                await ApplyAsync(new SetProperties(new Dictionary<string, string?> { [numbers[0]] = numbers[1] }));
                break;
            case "race":
                await AppendAsync(new DeltaTableCatalog(store, TimeProvider.System, new Rival(failpoints, () => AppendAsync(tables, "rival", 9))), "things", 5);
                break;
            case "delete":
                await ApplyAsync(new DeleteRows(Col("id") % 3 == 0));
                break;
            case "merge":
                var news = Flow.From(new RowsSource<Thing>("news", [.. Enumerable.Range(0, Many).Select(i => new Thing(i + 1_000, -i))]));
                await ApplyAsync(new MergeRows(news.Node, ["id"], [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]));
                break;
            case "compact":
                await ApplyAsync(new CompactFiles { TargetBytes = await TwoFilesAsync() });
                break;
            case "vacuum":
                await (await TableAsync()).VacuumAsync(new TableVacuum { Retention = TimeSpan.Zero, AllowShorter = true });
                break;
            case "restore":
                await (await TableAsync()).RestoreAsync(long.Parse(numbers[0], CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"There is no chore '{chore}'.", nameof(chore));
        }
    }

    private static async Task AppendAsync(ITableCatalog catalog, string pipeline, long number)
    {
        var record = new CommitRecord
        {
            Pipeline = pipeline,
            Target = Id,
            RunId = $"{pipeline}-{number}",
            RunKey = $"{pipeline}-{number}",
            Sequence = number,
            FencingToken = 1,
            Cursor = new Cursor(new Dictionary<string, string> { ["bronze/source"] = $"{number}" }),
            Timestamp = DateTimeOffset.UnixEpoch,
        };
        var request = new TableWriteRequest { Table = Id, Schema = RowShape.SchemaOf<Thing>(), Disposition = WriteDisposition.Append, Record = record };
        await using var writer = await catalog.OpenWriterAsync(request);
        var from = (number - 1) * Rows;
        var ids = new Int64Array.Builder().AppendRange(Enumerable.Range(0, Rows).Select(i => from + i)).Build();
        var values = new Int64Array.Builder().AppendRange(Enumerable.Range(0, Rows).Select(i => (from + i) * 7)).Build();
        await writer.TakeAsync(new RecordBatch(request.Schema, [ids, values], Rows), CancellationToken.None);
        await writer.CommitAsync(record, CancellationToken.None);
    }

    private async Task ApplyAsync(TableOperation operation) => await (await TableAsync()).ApplyAsync(operation);

    private async Task<ITable> TableAsync() => await tables.FindAsync(Id) ?? throw new InvalidOperationException($"{Id} is not there.");

    /// <summary>So many bytes that two of the files that were appended first become one, however often it is asked.</summary>
    private async Task<long> TwoFilesAsync() =>
        (2 * await (await TableAsync()).GetFilesAsync(version: 3).Select(f => f.Bytes).MaxAsync()) + 2;
}
