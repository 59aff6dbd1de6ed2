using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Maps are collected and joined like the lists of pairs that they are.</summary>
public class MapTests
{
    private static readonly MapType Type = new(StringType.Default, Int32Type.Default, nullable: true);

    [Fact]
    public void Rows_of_maps_are_kept_by_a_mask()
    {
        using var maps = Maps("a=1 b=2", null, "", "c=3", "d=4");
        using var mask = new BooleanArray.Builder().AppendRange([true, true, false, false, true]).Build();

        Assert.Equal("{a=1 b=2} null {d=4}", Kept(allocator => Selection.Filter(maps, mask, allocator)));
    }

    [Fact]
    public void Rows_of_maps_are_collected_by_number_from_a_part_of_a_column()
    {
        using var maps = Maps("x=9", "a=1 b=2", null, "", "c=3");
        using var part = (MapArray)ArrowArrayFactory.BuildArray(maps.Data.SliceShared(1, 4));

        Assert.Equal("{c=3} null {a=1 b=2} null {}", Kept(allocator => Selection.Take(part, [3, -1, 0, 1, 2], allocator)));
    }

    [Fact]
    public void Columns_of_maps_are_joined()
    {
        using var first = Maps("a=1", null);
        using var second = Maps("", "b=2 c=3");

        Assert.Equal("{a=1} null {} {b=2 c=3}", Kept(allocator => Concatenation.Concat([first, second], allocator)));
    }

    [Fact]
    public void A_column_of_null_maps_is_made() => Assert.Equal("null null", Kept(allocator => Constants.Nulls(Type, 2, allocator)));

    private static string Kept(Func<CountingAllocator, IArrowArray> make)
    {
        var allocator = new CountingAllocator();
        string shown;
        using (IArrowArray made = make(allocator))
            shown = Show((MapArray)made);
        Assert.Equal(0, allocator.LiveBytes);
        return shown;
    }

    private static MapArray Maps(params string?[] rows)
    {
        var builder = new MapArray.Builder(Type);
        var (keys, values) = ((StringArray.Builder)builder.KeyBuilder, (Int32Array.Builder)builder.ValueBuilder);
        foreach (string? row in rows)
        {
            if (row is null)
            {
                builder.AppendNull();
                continue;
            }

            builder.Append();
            foreach (string pair in row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                keys.Append(pair[..1]);
                values.Append(pair[2] - '0');
            }
        }

        return builder.Build();
    }

    private static string Show(MapArray maps) => string.Join(' ', Enumerable.Range(0, maps.Length).Select(row => maps.IsNull(row)
        ? "null"
        : $"{{{string.Join(' ', Enumerable.Range(maps.ValueOffsets[row], maps.ValueOffsets[row + 1] - maps.ValueOffsets[row])
            .Select(i => $"{((StringArray)maps.Keys).GetString(i)}={((Int32Array)maps.Values).GetValue(i)}"))}}}"));
}
