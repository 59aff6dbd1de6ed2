using ParquetSharp;
using ParquetSharp.Schema;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Data files in the forms that older writers gave to lists, maps and timestamps.</summary>
public class OlderFilesTests
{
    private const string Numbers = "{\"type\":\"array\",\"elementType\":\"integer\",\"containsNull\":true}";

    [Fact]
    public async Task Timestamps_of_twelve_bytes_are_read_with_and_without_zone()
    {
        using var table = new HandTable();
        using var nodes = new Nodes(new PrimitiveNode("t", Repetition.Optional, LogicalType.None(), PhysicalType.Int96), new PrimitiveNode("n", Repetition.Optional, LogicalType.None(), PhysicalType.Int96));

        // Nanoseconds of the day, low word first, and the Julian day: 1970-01-01 is 2,440,588.
        Int96[] values = [new(123_456_000, 0, 2_440_588), new(unchecked((int)3_599_999_999_000), (int)(3_599_999_999_000 >> 32), 2_440_587)];
        nodes.Write(table["a.parquet"], group =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var column = (ColumnWriter<Int96>)group.NextColumn();
                column.WriteBatch(3, [1, 0, 1], [], values);
            }
        });
        table.Entry(0, Protocol("timestampNtz"), Metadata([Field("t", "timestamp"), Field("n", "timestamp_ntz")]), Add("a.parquet"));

        Assert.Equal(
            ["1970-01-01 00:00:00.123456Z|1970-01-01 00:00:00.123456", "null|null", "1969-12-31 00:59:59.999999Z|1969-12-31 00:59:59.999999"], await table.RowsAsync());
    }

    [Fact]
    public async Task A_list_whose_elements_repeat_themselves_is_read()
    {
        using var table = new HandTable();
        using var nodes = new Nodes(new GroupNode("l", Repetition.Optional, [new PrimitiveNode("array", Repetition.Repeated, LogicalType.Int(32, true), PhysicalType.Int32)], LogicalType.List()));
        nodes.Write(table["a.parquet"], group => Write(group, [2, 2, 0, 1, 2], [0, 1, 0, 0, 0], [1, 2, 3]));
        table.Entry(0, Protocol(), Metadata([Field("l", Numbers)]), Add("a.parquet"));

        Assert.Equal(["[1, 2]", "null", "[]", "[3]"], await table.RowsAsync());
    }

    [Theory]
    [InlineData("bag", "array_element")]
    [InlineData("list", "item")]
    [InlineData("list", "array")]
    public async Task A_list_with_other_names_inside_is_read(string repeated, string element)
    {
        using var table = new HandTable();
        using var nodes = new Nodes(new GroupNode("l", Repetition.Optional,
            [new GroupNode(repeated, Repetition.Repeated, [new PrimitiveNode(element, Repetition.Optional, LogicalType.Int(32, true), PhysicalType.Int32)])], LogicalType.List()));
        nodes.Write(table["a.parquet"], group => Write(group, [3, 2, 0, 1, 3], [0, 1, 0, 0, 0], [1, 3]));
        table.Entry(0, Protocol(), Metadata([Field("l", Numbers)]), Add("a.parquet"));

        Assert.Equal(["[1, null]", "null", "[]", "[3]"], await table.RowsAsync());
    }

    [Theory]
    [InlineData("array")]
    [InlineData("l_tuple")]
    public async Task A_list_of_structs_that_repeat_themselves_is_read(string repeated)
    {
        using var table = new HandTable();
        using var nodes = new Nodes(new GroupNode("l", Repetition.Optional,
            [new GroupNode(repeated, Repetition.Repeated, [new PrimitiveNode("a", Repetition.Optional, LogicalType.Int(32, true), PhysicalType.Int32)])], LogicalType.List()));
        nodes.Write(table["a.parquet"], group => Write(group, [3, 2, 0], [0, 1, 0], [1]));
        table.Entry(0, Protocol(), Metadata([Field("l", $"{{\"type\":\"array\",\"elementType\":{{\"type\":\"struct\",\"fields\":[{Field("a", "integer")}]}},\"containsNull\":true}}")]), Add("a.parquet"));

        Assert.Equal(["[(1), (null)]", "null"], await table.RowsAsync());
    }

    [Theory]
    [InlineData("map")]
    [InlineData("entries")]
    public async Task A_map_with_other_names_inside_is_read(string repeated)
    {
        using var table = new HandTable();
        using var nodes = new Nodes(new GroupNode("m", Repetition.Optional, [new GroupNode(repeated, Repetition.Repeated,
        [
            new PrimitiveNode("key", Repetition.Required, LogicalType.Int(32, true), PhysicalType.Int32), new PrimitiveNode("value", Repetition.Optional, LogicalType.Int(32, true), PhysicalType.Int32),
        ])], LogicalType.Map()));
        nodes.Write(table["a.parquet"], group =>
        {
            Write(group, [2, 2, 0, 1], [0, 1, 0, 0], [1, 3]);
            Write(group, [3, 2, 0, 1], [0, 1, 0, 0], [2]);
        });
        table.Entry(0, Protocol(), Metadata([Field("m", "{\"type\":\"map\",\"keyType\":\"integer\",\"valueType\":\"integer\",\"valueContainsNull\":true}")]), Add("a.parquet"));

        Assert.Equal(["{1: 2, 3: null}", "null", "{}"], await table.RowsAsync());
    }

    private static void Write(RowGroupWriter group, short[] definitions, short[] repetitions, int[] values)
    {
        using var column = (ColumnWriter<int>)group.NextColumn();
        column.WriteBatch(definitions.Length, definitions, repetitions, values);
    }

    /// <summary>The schema of a file.</summary>
    private sealed class Nodes(params Node[] columns) : IDisposable
    {
        private readonly GroupNode _root = new("schema", Repetition.Required, columns);

        public void Dispose() => _root.Dispose();

        internal void Write(string path, Action<RowGroupWriter> rows)
        {
            using var properties = WriterProperties.GetDefaultWriterProperties();
            using var file = new ParquetFileWriter(path, _root, properties);
            using (var group = file.AppendRowGroup())
                rows(group);
            file.Close();
        }
    }
}
