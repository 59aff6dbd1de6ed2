using System.Globalization;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Another engine reads what we write, and we read what it writes.</summary>
public sealed class DuckDbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DuckDBConnection _duck = new("DataSource=:memory:");

    public DuckDbTests()
    {
        _duck.Open();
        Execute("SET TimeZone='UTC'");
    }

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Snappy)]
    [InlineData(ParquetCompression.Zstd)]
    public void Duckdb_reads_our_files_with_equal_values_and_types(ParquetCompression compression)
    {
        using var batch = AllTypes.Make(500, 7, 0.2);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { Compression = compression, RowGroupRows = 120 });
        File.WriteAllBytes(_folder["ours.parquet"], bytes);
        Assert.Equal(
            [
                "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "VARCHAR", "BLOB", "DATE", "TIMESTAMP WITH TIME ZONE",
                "TIMESTAMP", "DECIMAL(9,2)", "DECIMAL(18,4)", "DECIMAL(38,10)", "BIGINT",
            ],
            Query($"DESCRIBE SELECT * FROM '{_folder["ours.parquet"]}'", 1));
        Assert.Equal(Rows.Of(batch), Query($"SELECT {Cells(batch.Schema)} FROM '{_folder["ours.parquet"]}' ORDER BY required", 0));
        Assert.Equal(["5"], Query($"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{_folder["ours.parquet"]}')", 0));
    }

    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("uncompressed")]
    public async Task We_read_the_files_of_duckdb_with_equal_values_and_types(string codec)
    {
        using var batch = AllTypes.Make(10_000, 11, 0.3);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions());
        await File.WriteAllBytesAsync(_folder["ours.parquet"], bytes);
        Execute($"COPY (SELECT * FROM '{_folder["ours.parquet"]}' ORDER BY required) TO '{_folder["theirs.parquet"]}' "
            + $"(FORMAT parquet, CODEC '{codec}', PARQUET_VERSION V1, ROW_GROUP_SIZE 2048)");
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["theirs.parquet"]), "theirs.parquet");
        Assert.InRange(reader.RowGroupCount, 2, 5);
        Assert.Equal(
            AllTypes.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}"),
            reader.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}"));
        Assert.Equal(Rows.Of(batch), await Rows.Of(reader.ReadAsync(new ParquetReadOptions { BatchRows = 100 })));
    }

    [Fact]
    public async Task Timestamps_in_milliseconds_and_nanoseconds_become_microseconds()
    {
        Execute($"COPY (SELECT TIMESTAMP_MS '2015-01-02 03:04:05.678' AS ms, TIMESTAMP_NS '1969-12-31 23:59:59.123456789' AS ns, 7::UINTEGER AS u) "
            + $"TO '{_folder["t.parquet"]}' (FORMAT parquet)");
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["t.parquet"]), "t.parquet");
        await foreach (var batch in reader.ReadAsync())
        {
            Assert.Equal("2015-01-02 03:04:05.678000", Rows.Cell((Apache.Arrow.Array)batch.Column(0), 0));
            Assert.Equal("1969-12-31 23:59:59.123456", Rows.Cell((Apache.Arrow.Array)batch.Column(1), 0));
            Assert.Equal(7u, ((UInt32Array)batch.Column(2)).Values[0]);
        }
    }

    private static string Cells(Schema schema) => string.Join(" || '|' || ", schema.FieldsList.Select(f =>
    {
        var name = $"\"{f.Name}\"";
        var text = ArrowTypes.NameOf(f.DataType) switch
        {
            "binary" => $"hex({name})",
            "timestamp[us, UTC]" => $"strftime({name} AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S.%fZ')",
            "timestamp[us]" => $"strftime({name}, '%Y-%m-%d %H:%M:%S.%f')",
            "float" => $"{name}::DOUBLE::VARCHAR",
            _ => $"{name}::VARCHAR",
        };
        return $"coalesce({text}, 'null')";
    }));

    private void Execute(string sql)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<string> Query(string sql, int column)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!);
        return rows;
    }
}
