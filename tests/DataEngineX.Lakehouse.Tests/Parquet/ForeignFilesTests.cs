using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Parquet;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Files that other writers made, odd and old ones among them, are read as DuckDB reads them or as their authors say, or are refused.</summary>
public sealed class ForeignFilesTests
{
    private static readonly string Folder = TestData.Folder("parquet-testing");

    /// <summary>What DuckDB does not read, or through .NET not as a whole; see the tests below.</summary>
    private static readonly string[] Apart =
    [
        "byte_stream_split_extended.gzip", "hadoop_lz4_compressed", "non_hadoop_lz4_compressed", "int96_from_spark", "map_no_value", "nation.dict-malformed",
        "datapage_v1-corrupt-checksum", "rle-dict-uncompressed-corrupt-checksum", "geospatial", "list_columns", "nullable.impala", "nested_structs.rust",
    ];

    public static TheoryData<string> Common => [.. Directory.EnumerateFiles(Folder, "*.parquet").Select(f => Path.GetFileNameWithoutExtension(f)).Except(Apart).Order()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Common))]
    [InlineData("bad/ARROW-GH-43605")]
    [InlineData("bad/ARROW-GH-45185")]
    public async Task Files_are_read_as_another_engine_reads_them(string name)
    {
        var ours = await ReadAsync(name);
        var theirs = ReadWithDuckDb(name);
        Assert.Equal(theirs.Count, ours.Count);
        for (var row = 0; row < ours.Count; row++)
            Assert.True(ForeignValues.AreSame(JsonNode.Parse(ours[row]), JsonNode.Parse(theirs[row])), $"row {row}: {ours[row]} instead of {theirs[row]}");
    }

    [Fact]
    public async Task Three_forms_of_lz4_hold_the_same()
    {
        var raw = await ReadAsync("lz4_raw_compressed");
        Assert.Equal(4, raw.Count);
        Assert.Equal(raw, await ReadAsync("hadoop_lz4_compressed"));
        Assert.Equal(raw, await ReadAsync("non_hadoop_lz4_compressed"));
    }

    /// <summary>The columns are pairs of one plain and one split into streams.</summary>
    [Fact]
    public async Task Streams_of_bytes_are_put_together_for_every_type()
    {
        var rows = await ReadAsync("byte_stream_split_extended.gzip");
        Assert.Equal(200, rows.Count);
        foreach (var row in rows.Select(r => JsonNode.Parse(r)!.AsArray()))
        {
            Assert.Equal(14, row.Count);
            for (var c = 0; c < row.Count; c += 2)
                Assert.Equal(row[c]!.ToJsonString(), row[c + 1]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Old_timestamps_reach_to_the_ends_of_the_range()
    {
        await using var reader = await OpenAsync("int96_from_spark");
        await foreach (var batch in reader.ReadAsync(cancellationToken: Cancel))
        {
            using (batch)
            {
                var times = (TimestampArray)batch.Column(0);
                Assert.Equal(
                    [1704141296123456, 1704070800000000, 253402225200000000, 1735599600000000, null, 9089380393200000000],
                    Enumerable.Range(0, batch.Length).Select(i => times.IsNull(i) ? (long?)null : times.Values[i]));
            }
        }
    }

    [Fact]
    public async Task A_map_without_values_is_the_list_of_its_keys()
    {
        var rows = (await ReadAsync("map_no_value")).ConvertAll(r => JsonNode.Parse(r)!.AsArray());
        Assert.Equal(["[1,2,3]", "[4,5,6]", "[7,8,9]"], rows.Select(r => r[1]!.ToJsonString()));
        Assert.Equal(rows.Select(r => r[2]!.ToJsonString()), rows.Select(r => r[1]!.ToJsonString()));
    }

    [Fact]
    public async Task Nulls_within_nested_values_are_kept()
    {
        Assert.Equal(["""[[1,2,3],["abc","efg","hij"]]""", """[[null,1],null]""", """[[4],["efg",null,"hij","xyz"]]"""], await ReadAsync("list_columns"));
        var impala = await ReadAsync("nullable.impala");
        Assert.Equal(7, impala.Count);
        Assert.StartsWith("""[2,[null,1,2,null,3,null],[[null,1,2,null],[3,null,4],[],null]""", impala[1], StringComparison.Ordinal);
        Assert.Single(await ReadAsync("nested_structs.rust"));
        Assert.Equal(196, (await ReadAsync("geospatial")).Count);
    }

    [Theory]
    [InlineData("datapage_v1-corrupt-checksum", "Column 'a'", "checksum")]
    [InlineData("rle-dict-uncompressed-corrupt-checksum", "Column 'long_field'", "checksum")]
    [InlineData("nation.dict-malformed", "Column 'name'", "larger than its column")]
    [InlineData("bad/ARROW-GH-41317", "Column 'timestamp_us_no_tz'", "fewer values")]
    [InlineData("bad/ARROW-GH-41321", "Column 'int64'", "bits")]
    [InlineData("bad/ARROW-GH-47662", "Column 'flba_field'", "fewer texts")]
    [InlineData("bad/ARROW-RS-GH-6229-DICTHEADER", "Column 'region_key'", "cut off")]
    [InlineData("bad/ARROW-RS-GH-6229-LEVELS", "Column 'outer'", "entries")]
    [InlineData("bad/PARQUET-1481", "not a readable Parquet file", "stored as type -7")]
    [InlineData("bad/encrypt_columns_plaintext_footer.parquet.encrypted", "not a readable Parquet file", "encrypted")]
    [InlineData("bad/uniform_encryption.parquet.encrypted", "not a readable Parquet file", "encrypted")]
    public async Task Damaged_files_are_refused_by_name(string name, string where, string what)
    {
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => ReadAsync(name));
        Assert.Contains(Path.GetFileName(name), error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private static string PathOf(string name) => Path.Combine(Folder, Path.HasExtension(name) && name.EndsWith(".encrypted", StringComparison.Ordinal) ? name : name + ".parquet");

    private static Task<ParquetFileReader> OpenAsync(string name) => ParquetFileReader.OpenAsync(File.OpenRead(PathOf(name)), Path.GetFileName(PathOf(name)), Cancel);

    /// <summary>Each row as a JSON array.</summary>
    private static async Task<List<string>> ReadAsync(string name)
    {
        var rows = new List<string>();
        await using var reader = await OpenAsync(name);
        await foreach (var batch in reader.ReadAsync(cancellationToken: Cancel))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    rows.Add(Json(batch, row));
            }
        }

        return rows;
    }

    private static string Json(RecordBatch batch, int row)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            for (var c = 0; c < batch.ColumnCount; c++)
                CellJson.Write(writer, batch.Column(c), row);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<string> ReadWithDuckDb(string name)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet('{PathOf(name)}')";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(JsonSerializer.Serialize(
                Enumerable.Range(0, reader.FieldCount).Select(c => reader.IsDBNull(c) ? null : ForeignValues.Simple(reader.GetValue(c))).ToArray()));
        }

        return rows;
    }
}
