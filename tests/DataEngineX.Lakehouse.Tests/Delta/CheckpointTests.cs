using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class CheckpointTests
{
    private const string Uuid = "80a083e8-7026-4e79-81be-64bd76c43a11";

    private static readonly string MetadataRow =
        "{'id': 'hand', 'format': {'provider': 'parquet'}, 'schemaString': '{\"type\":\"struct\",\"fields\":[" + Field("id", "integer")
        + "]}', 'partitionColumns': []::varchar[], 'configuration': map {}::map(varchar, varchar)}";

    [Theory]
    [InlineData("00000000000000000007.checkpoint." + Uuid + ".parquet")]
    [InlineData("00000000000000000007.checkpoint.parquet")]
    public async Task A_checkpoint_in_Parquet_names_its_sidecars(string name)
    {
        using var table = Files();
        Sidecar(table, "one.parquet", "a.parquet");
        Sidecar(table, "two.parquet", "b.parquet", "gone.parquet");
        Top(table, name, "one.parquet", "two.parquet");
        table.Entry(8, Remove("gone.parquet"), Add("c.parquet"));

        Assert.Equal(["1", "2", "3"], await table.RowsAsync());
        Assert.Equal(8, (await (await table.TableAsync()).GetSnapshotAsync()).Version);
    }

    [Fact]
    public async Task A_checkpoint_in_JSON_may_hold_the_files_itself()
    {
        using var table = Files();
        await File.WriteAllLinesAsync(table[$"_delta_log/00000000000000000007.checkpoint.{Uuid}.json"],
        [
            "{\"checkpointMetadata\":{\"version\":7}}", Protocol("v2Checkpoint"), Metadata([Field("id", "integer")]), Add("a.parquet"), Add("b.parquet"),
            Remove("gone.parquet"),
        ]);

        Assert.Equal(["1", "2"], await table.RowsAsync());
    }

    [Fact]
    public async Task A_checkpoint_keeps_deletion_vectors()
    {
        using var table = Files();
        table.Parquet("_delta_log/00000000000000000007.checkpoint.parquet",
            $"select {{'minReaderVersion': 3, 'minWriterVersion': 7, 'readerFeatures': ['deletionVectors'], 'writerFeatures': ['deletionVectors']}} as protocol, {MetadataRow} as metaData, null as add "
            + "union all select null, null, {'path': 'many.parquet', 'partitionValues': map {}::map(varchar, varchar), 'size': 1::bigint, 'modificationTime': 1::bigint, 'dataChange': false, "
            + "'deletionVector': {'storageType': 'i', 'pathOrInlineDv': 'wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L', 'offset': null::int, 'sizeInBytes': 40, 'cardinality': 6::bigint}}");
        table.Parquet("many.parquet", "select range::int as id from range(30)");

        int[] deleted = [3, 4, 7, 11, 18, 29];
        Assert.Equal(Enumerable.Range(0, 30).Except(deleted).Select(r => $"{r}"), await table.RowsAsync());
    }

    [Fact]
    public async Task A_missing_sidecar_is_passed_over_when_another_checkpoint_tells_all_and_named_otherwise()
    {
        using var table = Files();
        Top(table, $"00000000000000000007.checkpoint.{Uuid}.parquet", "missing.parquet");
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.TableAsync());
        Assert.Contains("_sidecars/missing.parquet", error.Message, StringComparison.Ordinal);

        Sidecar(table, "one.parquet", "a.parquet");
        Top(table, "00000000000000000007.checkpoint.90a083e8-7026-4e79-81be-64bd76c43a11.parquet", "one.parquet");
        Assert.Equal(["1"], await table.RowsAsync());
    }

    [Fact]
    public async Task A_checkpoint_in_parts_with_one_missing_does_not_count()
    {
        using var table = Files();
        table.Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet"));
        Top(table, "00000000000000000000.checkpoint.0000000001.0000000002.parquet", "missing.parquet");

        Assert.Equal(["1"], await table.RowsAsync());
    }

    private static HandTable Files() => new HandTable()
        .Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id").Parquet("c.parquet", "select 3 as id");

    private static void Sidecar(HandTable table, string name, params string[] paths) => table.Parquet(
        $"_delta_log/_sidecars/{name}",
        string.Join(" union all ", paths.Select(p =>
            $"select {{'path': '{p}', 'partitionValues': map {{}}::map(varchar, varchar), 'size': 1::bigint, 'modificationTime': 1::bigint, 'dataChange': false}} as add")));

    private static void Top(HandTable table, string name, params string[] sidecars) => table.Parquet(
        $"_delta_log/{name}",
        $"select {{'minReaderVersion': 3, 'minWriterVersion': 7, 'readerFeatures': ['v2Checkpoint'], 'writerFeatures': ['v2Checkpoint']}} as protocol, {MetadataRow} as metaData, null as sidecar, {{'version': 7::bigint}} as checkpointMetadata"
        + string.Concat(sidecars.Select(s => $" union all select null, null, {{'path': '{s}', 'sizeInBytes': 1::bigint, 'modificationTime': 1::bigint}}, null")));
}
