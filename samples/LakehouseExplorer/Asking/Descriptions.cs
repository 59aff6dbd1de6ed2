using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX;
using DataEngineX.Expressions;

namespace LakehouseExplorer.Asking;

/// <summary>What a table says of itself, as rows.</summary>
internal static class Descriptions
{
    /// <summary>A row a column.</summary>
    internal static Answer Of(TableDescription table)
    {
        var columns = table.Schema.FieldsList;
        return Rows(
            columns.Count,
            ("column", StringType.Default, Texts(columns.Select(c => c.Name))),
            ("type", StringType.Default, Texts(columns.Select(c => ArrowTypes.NameOf(c.DataType)))),
            ("nullable", BooleanType.Default, Flags(columns.Select(c => c.IsNullable))),
            ("partition", BooleanType.Default, Flags(columns.Select(c => table.PartitionColumns.Contains(c.Name, StringComparer.Ordinal)))));
    }

    /// <summary>A row a commit, newest first.</summary>
    internal static async Task<Answer> OfHistoryAsync(ITable table, CancellationToken cancellationToken)
    {
        var commits = await table.GetHistoryAsync(cancellationToken).ToListAsync(cancellationToken);
        return Rows(
            commits.Count,
            ("version", Int64Type.Default, Numbers(commits.Select(c => (long?)c.Version))),
            ("timestamp", ArrowTypes.TimestampUtc, Times(commits.Select(c => c.Timestamp))),
            ("operation", StringType.Default, Texts(commits.Select(c => c.Operation))),
            ("run", StringType.Default, Texts(commits.Select(c => c.RunId))),
            ("rows_added", Int64Type.Default, Numbers(commits.Select(c => c.RowsAdded))),
            ("rows_removed", Int64Type.Default, Numbers(commits.Select(c => c.RowsRemoved))));
    }

    /// <summary>A row a data file, in the order of the table's rows.</summary>
    internal static async Task<Answer> OfFilesAsync(ITable table, long? version, CancellationToken cancellationToken)
    {
        var files = await table.GetFilesAsync(version, cancellationToken).ToListAsync(cancellationToken);
        var partitions = new MapType(StringType.Default, StringType.Default, nullable: true);
        return Rows(
            files.Count,
            ("path", StringType.Default, Texts(files.Select(f => f.Path))),
            ("bytes", Int64Type.Default, Numbers(files.Select(f => (long?)f.Bytes))),
            ("rows", Int64Type.Default, Numbers(files.Select(f => f.Rows))),
            ("deleted_rows", Int64Type.Default, Numbers(files.Select(f => (long?)f.DeletedRows))),
            ("modified", ArrowTypes.TimestampUtc, Times(files.Select(f => f.ModifiedAt))),
            ("partition", partitions, Maps(partitions, files.Select(f => f.PartitionValues))));
    }

    private static Answer Rows(int count, params (string Name, IArrowType Type, IArrowArray Values)[] columns)
    {
        var schema = new Schema([.. columns.Select(c => new Field(c.Name, c.Type, nullable: true))], null);
        return new Answer(schema, new[] { new RecordBatch(schema, columns.Select(c => c.Values), count) }.ToAsyncEnumerable(), count);
    }

    private static StringArray Texts(IEnumerable<string?> texts) => new StringArray.Builder().AppendRange(texts!).Build();

    private static BooleanArray Flags(IEnumerable<bool> flags) => new BooleanArray.Builder().AppendRange(flags).Build();

    private static Int64Array Numbers(IEnumerable<long?> numbers) => numbers.Aggregate(new Int64Array.Builder(), (b, n) => b.Append(n)).Build();

    private static TimestampArray Times(IEnumerable<DateTimeOffset> times) => new TimestampArray.Builder(ArrowTypes.TimestampUtc).AppendRange(times).Build();

    private static MapArray Maps(MapType type, IEnumerable<IReadOnlyDictionary<string, string?>> maps)
    {
        var builder = new MapArray.Builder(type);
        var (keys, values) = ((StringArray.Builder)builder.KeyBuilder, (StringArray.Builder)builder.ValueBuilder);
        foreach (var map in maps)
        {
            builder.Append();
            foreach (var (key, value) in map)
            {
                keys.Append(key);
                values.Append(value!);
            }
        }

        return builder.Build();
    }
}
