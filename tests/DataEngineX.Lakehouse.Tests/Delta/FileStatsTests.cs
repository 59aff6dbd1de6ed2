using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Statistics in whatever form writers put them: what can be read skips files, what cannot never does.</summary>
public class FileStatsTests
{
    private const string Pair = "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}},{\"name\":\"b\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}";

    [Theory]
    [InlineData("{\"numRecords\":2,\"minValues\":{\"id\":5},\"maxValues\":{\"id\":9},\"nullCount\":{\"id\":0}}", true)]
    [InlineData("{\"nullCount\":{\"pair\":{\"a\":0,\"b\":[1,{}]},\"id\":0},\"maxValues\":{\"pair\":{\"a\":1},\"id\":9},\"minValues\":{\"other\":{\"id\":1},\"id\":5},\"numRecords\":2}", true)]
    [InlineData(" { \"tightBounds\" : false , \"minValues\" : { \"x\" : [ { \"id\" : 1 } ] , \"id\" : 5 } , \"maxValues\" : { \"id\" : 9 } } ", true)]
    [InlineData("{\"numRecords\":3,\"nullCount\":{\"id\":3}}", true)]
    [InlineData("{\"minValues\":null,\"maxValues\":[1],\"nullCount\":7,\"numRecords\":\"x\"}", false)]
    [InlineData("{\"minValues\":{\"id\":{\"id\":5}},\"maxValues\":{\"id\":[9]}}", false)]
    [InlineData("{\"minValues\":{\"ID\":5},\"maxValues\":{\"pair\":{\"id\":9}}}", false)]
    [InlineData("{\"minValues\":{\"id\":5},\"maxValues\":{\"id\":9", false)]
    [InlineData("[{\"minValues\":{\"id\":5},\"maxValues\":{\"id\":9}}]", false)]
    [InlineData("5", false)]
    [InlineData("{}", false)]
    [InlineData("", false)]
    public async Task A_file_is_skipped_only_by_what_its_statistics_say(string stats, bool skips)
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata([Field("id", "long"), Field("pair", Pair)]), Add("a.parquet", stats: stats));
        var found = await table.TableAsync();

        Assert.Equal(skips ? 0 : 1, (await found.SelectFilesAsync(new TableScan { Predicate = Col("id") == 4L }))!.Read);
        Assert.Equal(1, (await found.SelectFilesAsync(new TableScan { Predicate = Col("id") == 7L | Col("id").IsNull() }))!.Read);
    }

    [Theory]
    [InlineData("{\"numRecords\":2,\"minValues\":{\"pair\":{\"b\":\"k\",\"a\":5}},\"maxValues\":{\"pair\":{\"b\":\"m\",\"a\":9}}}", true)]
    [InlineData("{\"numRecords\":2,\"minValues\":{\"pair\":{\"b\":\"k\"},\"a\":5},\"maxValues\":{\"pair\":{\"b\":\"m\"},\"a\":9}}", false)]
    public async Task Fields_of_structs_are_found_by_their_way(string stats, bool skips)
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata([Field("id", "long"), Field("pair", Pair)]), Add("a.parquet", stats: stats));
        var found = await table.TableAsync();

        Assert.Equal(skips ? 0 : 1, (await found.SelectFilesAsync(new TableScan { Predicate = Col("pair").Field("a") == 4L }))!.Read);
        Assert.Equal(0, (await found.SelectFilesAsync(new TableScan { Predicate = Col("pair").Field("b") == "z" }))!.Read);
    }
}
