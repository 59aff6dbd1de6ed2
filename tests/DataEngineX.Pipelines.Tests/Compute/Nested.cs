using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Small nested and dictionary columns.</summary>
internal static class Nested
{
    public static ListArray Lists(int[]?[] rows)
    {
        var builder = new ListArray.Builder(Int32Type.Default);
        var items = (Int32Array.Builder)builder.ValueBuilder;
        foreach (int[]? row in rows)
        {
            if (row is null)
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append();
                items.AppendRange(row);
            }
        }

        return builder.Build();
    }

    public static StructArray Structs((int Id, string? Name)[] rows)
    {
        var type = new StructType([new Field("id", Int32Type.Default, true), new Field("name", StringType.Default, true)]);
        IArrowArray ids = Rows.Build(Int32Type.Default, [.. rows.Select(r => (object)r.Id)]);
        IArrowArray names = Rows.Build(StringType.Default, [.. rows.Select(r => (object?)r.Name)]);
        return new StructArray(type, rows.Length, [ids, names], ArrowBuffer.Empty, 0);
    }

    public static DictionaryArray Dictionary(string[] values, int?[] indices) => new(
        new DictionaryType(Int32Type.Default, StringType.Default, false),
        Rows.Build(Int32Type.Default, [.. indices.Select(i => (object?)i)]),
        Rows.Build(StringType.Default, values));

    public static string Show(ListArray lists) => string.Join(' ', Enumerable.Range(0, lists.Length).Select(i =>
    {
        if (lists.IsNull(i))
        {
            return "null";
        }

        return $"[{string.Join(',', Rows.Read(lists.GetSlicedValues(i)))}]";
    }));
}
