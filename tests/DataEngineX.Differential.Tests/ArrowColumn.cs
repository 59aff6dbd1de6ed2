using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Differential.Tests;

/// <summary>Makes Arrow arrays of values. Below every null lies some other value, which nobody may look at.</summary>
internal static class ArrowColumn
{
    private const long TicksAtEpoch = 621_355_968_000_000_000;

    public static IArrowArray Of(RandomColumn column, IReadOnlyList<object?> values)
    {
        var garbage = new Random(values.Count);
        var filled = values.Select(v => v ?? column.Draw(garbage, 0)!).ToArray();
        var bits = Bitmap(values.Select(v => v is not null));
        var nulls = values.Count(v => v is null);
        var validity = nulls == 0 ? ArrowBuffer.Empty : bits;
        if (column.IndexType is { } index)
            return new DictionaryArray((DictionaryType)column.ToField().DataType, Indices(index, filled, validity, nulls), Texts(RandomColumn.Texts));
        var (buffers, children) = Buffers(column.Kind, filled);
        return ArrowArrayFactory.BuildArray(new ArrayData(column.Kind.ArrowType, values.Count, nulls, 0, [validity, .. buffers], children));
    }

    private static (ArrowBuffer[] Buffers, ArrayData[]? Children) Buffers(ColumnKind kind, object[] values) => kind switch
    {
        ColumnKind.Integer => Fixed<int>(values),
        ColumnKind.Long => Fixed<long>(values),
        ColumnKind.Tiny => Fixed<sbyte>(values),
        ColumnKind.Small => Fixed<short>(values),
        ColumnKind.UnsignedTiny => Fixed<byte>(values),
        ColumnKind.UnsignedSmall => Fixed<ushort>(values),
        ColumnKind.UnsignedInteger => Fixed<uint>(values),
        ColumnKind.UnsignedLong => Fixed<ulong>(values),
        ColumnKind.Float => Fixed<float>(values),
        ColumnKind.Double => Fixed<double>(values),
        ColumnKind.Decimal => Fixed<Int128>([.. values.Select(v => (object)(Int128)((decimal)v * 100))]),
        ColumnKind.Flag => ([Bitmap(values.Select(v => (bool)v))], null),
        ColumnKind.Date => Fixed<int>([.. values.Select(v => (object)(((DateOnly)v).DayNumber - RandomColumn.Epoch.DayNumber))]),
        ColumnKind.Time => Micros(values, v => ((TimeOnly)v).Ticks),
        ColumnKind.Timestamp => Micros(values, v => ((DateTime)v).Ticks - TicksAtEpoch),
        ColumnKind.Instant => Micros(values, v => ((DateTimeOffset)v).Ticks - TicksAtEpoch),
        ColumnKind.Duration => Micros(values, v => ((TimeSpan)v).Ticks),
        ColumnKind.Text => Variable([.. values.Select(v => Encoding.UTF8.GetBytes((string)v))]),
        ColumnKind.Binary => Variable([.. values.Cast<byte[]>()]),
        ColumnKind.List => Lists([.. values.Cast<int?[]>()]),
        _ => ([], [Child(ColumnKind.Integer, values.Select(v => (object?)((RandomStruct)v).X)), Child(ColumnKind.Flag, values.Select(v => (object?)((RandomStruct)v).Y))]),
    };

    private static (ArrowBuffer[] Buffers, ArrayData[]? Children) Fixed<T>(object[] values)
        where T : unmanaged => ([Buffer([.. values.Select(v => (T)v)])], null);

    private static (ArrowBuffer[] Buffers, ArrayData[]? Children) Micros(object[] values, Func<object, long> ticks) =>
        ([Buffer([.. values.Select(v => ticks(v) / TimeSpan.TicksPerMicrosecond)])], null);

    private static (ArrowBuffer[] Buffers, ArrayData[]? Children) Variable(byte[][] values) =>
        ([Offsets(values.Select(v => v.Length)), new ArrowBuffer(values.SelectMany(v => v).ToArray())], null);

    private static (ArrowBuffer[] Buffers, ArrayData[]? Children) Lists(int?[][] values) =>
        ([Offsets(values.Select(v => v.Length))], [Child(ColumnKind.Integer, values.SelectMany(v => v.Select(x => (object?)x)))]);

    private static ArrayData Child(ColumnKind kind, IEnumerable<object?> values) => Of(new RandomColumn("", kind), [.. values]).Data;

    private static IArrowArray Indices(IArrowType type, object[] texts, ArrowBuffer validity, int nulls)
    {
        var indices = texts.Select(t => RandomColumn.Texts.ToList().IndexOf((string)t)).ToArray();
        var buffer = type is Int8Type ? Buffer([.. indices.Select(i => (sbyte)i)]) : Buffer(indices);
        return ArrowArrayFactory.BuildArray(new ArrayData(type, texts.Length, nulls, 0, [validity, buffer]));
    }

    private static StringArray Texts(IReadOnlyList<string> texts) => new StringArray.Builder().AppendRange(texts).Build();

    private static ArrowBuffer Buffer<T>(T[] values)
        where T : unmanaged => new(MemoryMarshal.AsBytes<T>(values).ToArray());

    private static ArrowBuffer Offsets(IEnumerable<int> lengths)
    {
        var offsets = new List<int> { 0 };
        foreach (var length in lengths)
            offsets.Add(offsets[^1] + length);
        return Buffer(offsets.ToArray());
    }

    private static ArrowBuffer Bitmap(IEnumerable<bool> bits)
    {
        var flags = bits.ToArray();
        var bytes = new byte[(flags.Length + 7) / 8];
        for (var i = 0; i < flags.Length; i++)
            bytes[i / 8] |= (byte)(flags[i] ? 1 << (i % 8) : 0);
        return new ArrowBuffer(bytes);
    }
}
