using System.Buffers.Binary;
using System.Globalization;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class DeletionVectorTests
{
    /// <summary>Rows 3, 4, 7, 11, 18 and 29, as the example of the protocol has them: in the older form.</summary>
    private const string Older = "{\"storageType\":\"i\",\"pathOrInlineDv\":\"wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L\",\"sizeInBytes\":40,\"cardinality\":6}";

    private const string Inline = "{\"storageType\":\"i\",\"pathOrInlineDv\":\"^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L\",\"sizeInBytes\":44,\"cardinality\":6}";

    private const string Name = "deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin";

    private static readonly int[] InlineRows = [3, 4, 7, 11, 18, 29];

    [Theory]
    [InlineData(Inline)]
    [InlineData(Older)]
    public async Task Rows_of_an_inline_vector_are_left_out_and_not_counted(string vector)
    {
        using var table = Table(40, vector);

        Assert.Equal(Others(40, r => InlineRows.Contains((int)r)), await table.RowsAsync());
        Assert.Equal(34, await (await table.TableAsync()).CountRowsAsync());
        Assert.Equal(40, (await table.RowsAsync(new TableScan { Version = 0 })).Count);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("bits")]
    [InlineData("runs")]
    public async Task Rows_of_a_vector_in_a_file_are_left_out_in_every_form_of_container(string form)
    {
        const int Rows = 300_000;
        var random = new Random(11);
        var deleted = new SortedSet<long>();
        foreach (var block in new[] { 0L, 1, 3, 4 })
        {
            var count = form == "array" ? 900 : 20_000;
            for (var i = 0; i < count; i++)
                deleted.Add(Math.Min(Rows - 1, (block << 16) + random.Next(65_536)));
            for (var i = 0; i < 500; i++)
                deleted.Add((block << 16) + 7_000 + i);
        }

        using var table = Table(Rows, null, ", row_group_size 70000");
        var bytes = RoaringWriter.Write(deleted, form);
        await WriteFileAsync(table[$"ab/{Name}"], bytes, bytes);
        var spec = $"{{\"storageType\":\"u\",\"pathOrInlineDv\":\"ab^-aqEH.-t@S}}K{{vb[*k^\",\"offset\":{5 + bytes.Length + 4},\"sizeInBytes\":{bytes.Length},\"cardinality\":{deleted.Count}}}";
        table.Entry(1, Remove("a.parquet"), Add("a.parquet", stats: $"{{\"numRecords\":{Rows}}}", vector: spec));

        Assert.Equal(Others(Rows, deleted.Contains), await table.RowsAsync());
        Assert.Equal(
            Others(Rows, deleted.Contains).Where(r => int.Parse(r, CultureInfo.InvariantCulture) >= 250_000),
            (await table.RowsAsync(new TableScan { Predicate = Col("id") >= 250_000, BatchRows = 1_000 })).Where(r => int.Parse(r, CultureInfo.InvariantCulture) >= 250_000));
        Assert.Equal(Rows - deleted.Count, await (await table.TableAsync()).CountRowsAsync());
    }

    [Fact]
    public async Task A_vector_under_an_absolute_path_is_read()
    {
        using var table = Table(40, null);
        var bytes = RoaringWriter.Write([0, 39], "array");
        await WriteFileAsync(table[Name], bytes);
        var spec = $"{{\"storageType\":\"p\",\"pathOrInlineDv\":\"file://{table[Name]}\",\"offset\":1,\"sizeInBytes\":{bytes.Length},\"cardinality\":2}}";
        table.Entry(1, Remove("a.parquet"), Add("a.parquet", vector: spec));

        Assert.Equal(Others(40, r => r is 0 or 39), await table.RowsAsync());
        Assert.Equal(38, await (await table.TableAsync()).CountRowsAsync());
    }

    [Fact]
    public async Task A_vector_that_takes_all_rows_leaves_none_and_a_newer_one_takes_its_place()
    {
        using var table = Table(3, null);
        var (all, last) = (RoaringWriter.Write([0, 1, 2], "runs"), RoaringWriter.Write([2], "array"));
        await WriteFileAsync(table[Name], all, last);
        var first = Spec(1, all.Length, 3);
        table.Entry(1, Remove("a.parquet"), Add("a.parquet", vector: first));
        Assert.Empty(await table.RowsAsync());

        table.Entry(2, Add("a.parquet", vector: Spec(5 + all.Length + 4, last.Length, 1)), Remove("a.parquet", first));
        Assert.Equal(["0", "1"], await table.RowsAsync());
    }

    [Fact]
    public async Task Rows_with_maps_are_left_out_too()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select range::int as id, map {range::varchar: range} as m from range(40)")
            .Entry(0, Protocol("deletionVectors"),
                Metadata([Field("id", "integer"), Field("m", "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\",\"valueContainsNull\":true}")]),
                Add("a.parquet", vector: Inline));

        Assert.Equal(Others(40, r => InlineRows.Contains((int)r)).Select(r => $"{r}|{{{r}: {r}}}"), await table.RowsAsync());
    }

    [Theory]
    [InlineData("checksum", "its checksum in")]
    [InlineData("version", "is of version 9 where 1 is known")]
    [InlineData("size", "bytes for it where the log says")]
    [InlineData("cardinality", "it has 2 rows where the log says 3")]
    [InlineData("magic", "it begins with")]
    [InlineData("cut", "ends too early")]
    [InlineData("gone", "cannot be read")]
    [InlineData("kind", "its kind 'x' is not known")]
    public async Task A_damaged_vector_is_an_error_that_names_it_and_says_why(string damage, string reason)
    {
        using var table = Table(40, null);
        var bytes = RoaringWriter.Write([0, 39], "array");
        if (damage == "magic")
            bytes[0]++;
        await WriteFileAsync(table[Name], bytes);
        var content = await File.ReadAllBytesAsync(table[Name]);
        if (damage == "checksum")
            content[^1]++;
        if (damage == "version")
            content[0] = 9;
        await File.WriteAllBytesAsync(table[Name], damage == "cut" ? content[..^2] : content);
        if (damage == "gone")
            File.Delete(table[Name]);
        var spec = Spec(1, damage == "size" ? bytes.Length - 1 : bytes.Length, damage == "cardinality" ? 3 : 2, damage == "kind" ? "x" : "u");
        table.Entry(1, Remove("a.parquet"), Add("a.parquet", vector: spec));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains("bronze/hand/a.parquet", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Some writers do not fill up the last group of an inline vector.</summary>
    [Fact]
    public async Task An_inline_vector_whose_last_group_is_short_is_read()
    {
        using var table = Table(10, """{"storageType":"i","pathOrInlineDv":"^Bg9^0rr910000000000iXQKl0rr91000005c8Xg##093","offset":null,"sizeInBytes":34,"cardinality":1}""");

        Assert.Equal(Others(10, row => row == 3), await table.RowsAsync());
    }

    [Theory]
    [InlineData("####0")]
    [InlineData("##zzz")]
    [InlineData("##0,3")]
    public async Task A_last_group_that_stands_for_nothing_is_an_error(string last)
    {
        using var table = Table(10, $"{{\"storageType\":\"i\",\"pathOrInlineDv\":\"^Bg9^0rr910000000000iXQKl0rr91000005c8Xg{last}\",\"sizeInBytes\":34,\"cardinality\":1}}");
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains("base 85", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5, 40)]
    [InlineData(1, int.MaxValue)]
    [InlineData(1, int.MaxValue - 100)]
    [InlineData(int.MaxValue, 40)]
    public async Task A_vector_where_none_can_be_is_an_error(int offset, int size)
    {
        using var table = Table(10, Spec(offset, size, 1));
        await WriteFileAsync(table[Name], RoaringWriter.Write([3], "array"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.StartsWith("The deletion vector u:", error.Message, StringComparison.Ordinal);
        Assert.Contains("of bronze/hand/a.parquet cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vector_that_takes_rows_beyond_the_end_of_its_file_is_an_error()
    {
        using var table = Table(29, Inline);
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());
        var changes = await Assert.ThrowsAsync<DataEngineXException>(async () => await Rows.Of((await table.TableAsync()).ReadChangesAsync(new TableChanges { From = 1 })));

        Assert.Equal("Table bronze/hand cannot be read: the deletion vector of its data file 'a.parquet' takes row 29 from it, but it has 29 rows.", error.Message);
        Assert.Equal(error.Message, changes.Message);
        Assert.Equal(29, (await table.RowsAsync(new TableScan { Version = 0 })).Count);
    }

    private static string Spec(int offset, int size, int cardinality, string kind = "u") =>
        $"{{\"storageType\":\"{kind}\",\"pathOrInlineDv\":\"^-aqEH.-t@S}}K{{vb[*k^\",\"offset\":{offset},\"sizeInBytes\":{size},\"cardinality\":{cardinality}}}";

    private static HandTable Table(int rows, string? vector, string options = "")
    {
        var table = new HandTable();
        table.Parquet("a.parquet", $"select range::int as id from range({rows}) order by 1", options)
            .Entry(0, Protocol("deletionVectors"), Metadata([Field("id", "integer")]), Add("a.parquet"));
        if (vector is not null)
            table.Entry(1, Remove("a.parquet"), Add("a.parquet", vector: vector));
        return table;
    }

    private static List<string> Others(int rows, Func<long, bool> deleted) =>
        [.. Enumerable.Range(0, rows).Where(r => !deleted(r)).Select(r => r.ToString(CultureInfo.InvariantCulture))];

    internal static async Task WriteFileAsync(string path, params byte[][] vectors)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        var number = new byte[4];
        foreach (var vector in vectors)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, vector.Length);
            stream.Write(number);
            stream.Write(vector);
            BinaryPrimitives.WriteUInt32BigEndian(number, RoaringWriter.Checksum(vector));
            stream.Write(number);
        }

        await File.WriteAllBytesAsync(path, stream.ToArray());
    }
}
