using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Delta tables below the folder of the data files, made once and kept.</summary>
internal static class DeltaTables
{
    public const string Name = "benchmark";
    public const int FileRows = 10;

    private static readonly Schema Small = new(
        [new Field("id", Int64Type.Default, true), new Field("amount", DoubleType.Default, true), new Field("label", StringType.Default, true)], null);

    public static DatasetId Id { get; } = DatasetId.Table(Layer.Silver, Name);

    public static DeltaTableCatalog Catalog(string lake) => new(new LocalObjectStore(lake), TimeProvider.System, NoFailpoints.Instance);

    /// <summary>How another engine names the data files.</summary>
    public static string Files(string lake) => $"{lake}/{Id}/*.parquet";

    /// <summary>A generated table, written through the catalog in four commits.</summary>
    public static string Of(DataTable table) => DataFiles.Lake(table.Name, async lake =>
    {
        var tables = Catalog(lake);
        for (var part = 0; part < 4; part++)
        {
            var (first, end) = (table.Rows * part / 4, table.Rows * (part + 1) / 4);
            var batches = new List<RecordBatch>();
            for (var at = first; at < end; at += DataTable.BatchRows)
                batches.Add(table.Read(at, (int)Math.Min(DataTable.BatchRows, end - at)));
            await CommitAsync(tables, part + 1, batches);
        }
    });

    /// <summary>
    /// A table of many small files in many commits. All but the last commit are put down as another writer would, because only the reading is
    /// measured; the last is ours and takes a checkpoint.
    /// </summary>
    public static string Of(int commits, int filesPerCommit) => DataFiles.Lake($"delta_{commits}_{filesPerCommit}", async lake =>
    {
        var tables = Catalog(lake);
        await CommitAsync(tables, 1, [Rows(0)]);
        var folder = Path.Combine(lake, Id.ToString());
        await Parallel.ForAsync(1, commits, async (version, _) =>
        {
            var entry = new StringBuilder($"{{\"commitInfo\":{{\"timestamp\":{1_500_000_000_000 + (version * 1_000L)},\"operation\":\"append\"}}}}\n");
            for (var f = 0; f < filesPerCommit; f++)
                entry.Append(await WriteAsync(folder, ((version - 1) * filesPerCommit) + f + 1)).Append('\n');
            await File.WriteAllTextAsync(Path.Combine(folder, "_delta_log", string.Create(CultureInfo.InvariantCulture, $"{version:D20}.json")), entry.ToString(), CancellationToken.None);
        });
        await CommitAsync(Catalog(lake), 2, [Rows(((commits - 1) * filesPerCommit) + 1)]);
    });

    private static async Task<string> WriteAsync(string folder, int number)
    {
        using var batch = Rows(number);
        using var content = new MemoryStream();
        await using (var writer = await ParquetFileWriter.CreateAsync(content, Small, new ParquetWriteOptions { Parallelism = 1 }))
        {
            await writer.WriteAsync(batch);
            await writer.FinishAsync();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"part-{number:D6}-2b1c7a3e-6d39-4c4b-9c53-0f2a8d1e{number:D6}.parquet");
        await File.WriteAllBytesAsync(Path.Combine(folder, name), content.ToArray());
        var (low, high) = ((long)number * FileRows, ((long)number * FileRows) + FileRows - 1);
        var stats = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\\\"numRecords\\\":{FileRows},\\\"minValues\\\":{{\\\"id\\\":{low},\\\"amount\\\":{low / 8.0},\\\"label\\\":\\\"row {low}\\\"}},\\\"maxValues\\\":{{\\\"id\\\":{high},\\\"amount\\\":{high / 8.0},\\\"label\\\":\\\"row {high}\\\"}},\\\"nullCount\\\":{{\\\"id\\\":0,\\\"amount\\\":0,\\\"label\\\":0}}}}");
        return $"{{\"add\":{{\"path\":\"{name}\",\"partitionValues\":{{}},\"size\":{content.Length},\"modificationTime\":1500000000000,\"dataChange\":true,\"stats\":\"{stats}\"}}}}";
    }

    private static RecordBatch Rows(int file)
    {
        var (ids, amounts, labels) = (new Int64Array.Builder(), new DoubleArray.Builder(), new StringArray.Builder());
        for (var row = (long)file * FileRows; row < ((long)file + 1) * FileRows; row++)
        {
            ids.Append(row);
            amounts.Append(row / 8.0);
            labels.Append(string.Create(CultureInfo.InvariantCulture, $"row {row}"));
        }

        return new RecordBatch(Small, [ids.Build(), amounts.Build(), labels.Build()], FileRows);
    }

    private static async Task CommitAsync(DeltaTableCatalog tables, long sequence, IReadOnlyList<RecordBatch> batches)
    {
        var record = new CommitRecord
        {
            Pipeline = Name,
            Target = Id,
            RunId = $"run-{sequence}",
            RunKey = $"key-{sequence}",
            Sequence = sequence,
            FencingToken = 1,
            Cursor = Cursor.Empty,
        };
        await using var writer = await tables.OpenWriterAsync(
            new TableWriteRequest { Table = Id, Schema = batches[0].Schema, Disposition = WriteDisposition.Append, Record = record });
        foreach (var batch in batches)
            await writer.TakeAsync(batch, CancellationToken.None);
        await writer.CommitAsync(record, CancellationToken.None);
    }
}
