using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Statistics that a checkpoint keeps as columns, some of which no text can tell: then they are not known, and no file is skipped by them.</summary>
public class ParsedStatsTests
{
    [Theory]
    [InlineData("date", "date '10000-01-01'", "date '2024-01-01'", "date '10000-01-01'")]
    [InlineData("date", "date '0044-03-15 (BC)'", "date '0044-03-15 (BC)'", "date '2024-01-01'")]
    [InlineData("timestamp", "timestamptz '20000-01-02 00:00:00Z'", "timestamptz '2024-01-01 00:00:00Z'", "timestamptz '20000-01-02 00:00:00Z'")]
    [InlineData("timestamp", "timestamptz '0044-03-15 (BC) 00:00:00Z'", "timestamptz '0044-03-15 (BC) 00:00:00Z'", "timestamptz '2024-01-01 00:00:00Z'")]
    [InlineData("timestamp_ntz", "timestamp '290000-01-02 00:00:00'", "timestamp '2024-01-01 00:00:00'", "timestamp '290000-01-02 00:00:00'")]
    [InlineData("timestamp_ntz", "timestamp '2024-01-02 00:00:00'", "timestamp '0044-03-15 (BC) 00:00:00'", "timestamp '2024-01-02 00:00:00'")]
    public async Task A_bound_beyond_the_years_1_to_9999_is_not_known(string type, string value, string min, string max)
    {
        using var table = Table(type, value, min, max);
        var instant = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);
        object middle = type == "date" ? new DateOnly(2024, 6, 1) : type == "timestamp" ? instant : instant.DateTime;

        Assert.Equal(["1"], await table.RowsAsync(new TableScan { Columns = ["id"] }));

        // The year of the row lies above or below; whichever it is, one of the conditions holds for it.
        var below = await table.RowsAsync(Scan(Col("v") < Lit(middle)));
        var above = await table.RowsAsync(Scan(Col("v") > Lit(middle)));
        Assert.Equal(["1"], below.Concat(above).Distinct());
        Assert.Empty(await table.RowsAsync(Scan(Col("id") > 1)));
    }

    /// <summary>A bound that was cut inside a character: mended as text it would lie above the least value.</summary>
    [Fact]
    public async Task A_bound_that_is_no_text_is_not_known()
    {
        using var table = Table("string", "'abé'", "'\\x61\\x62\\xC3'::blob", "'abz'::blob");

        Assert.Equal(["1"], await table.RowsAsync(Scan(Col("v") <= "abé")));
    }

    private static TableScan Scan(Expr condition) => new() { Columns = ["id"], Predicate = condition };

    /// <summary>A table of one file, which only a checkpoint knows.</summary>
    private static HandTable Table(string type, string value, string min, string max)
    {
        var table = new HandTable().Parquet("a.parquet", $"select 1 as id, {value} as v");
        var schema = $"{{\"type\":\"struct\",\"fields\":[{Field("id", "integer")},{Field("v", type)}]}}";
        var add = $"{{'path': 'a.parquet', 'size': 1::bigint, 'modificationTime': 1::bigint, 'dataChange': false, 'stats_parsed': {{'numRecords': 1::bigint, "
            + $"'minValues': {{'id': 1, 'v': {min}}}, 'maxValues': {{'id': 1, 'v': {max}}}, 'nullCount': {{'id': 0::bigint, 'v': 0::bigint}}}}}}";
        OutsideReader.Run($"copy (select {{'minReaderVersion': 3, 'minWriterVersion': 7, 'readerFeatures': ['timestampNtz'], 'writerFeatures': ['timestampNtz']}} as protocol, null as add, null as \"metaData\""
            + $" union all select null, {add}, null union all select null, null, {{'id': 'x', 'schemaString': '{schema}', 'partitionColumns': []::varchar[]}})"
            + $" to '{table["_delta_log/00000000000000000003.checkpoint.parquet"]}' (format parquet)");
        return table.Entry(4, Info(1));
    }
}
