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
        if (column.IndexType is not null)
            return Coded((DictionaryType)column.ToField().DataType, values, filled, garbage);
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

    /// <summary>
    /// Indices into a dictionary of this batch alone: in an order of its own, with values twice, values of no row, and maybe a null, which is another
    /// way to say that a row has none.
    /// </summary>
    private static DictionaryArray Coded(DictionaryType type, IReadOnlyList<object?> values, object[] filled, Random garbage)
    {
        var random = new Random(HashCode.Combine(filled.Length, filled.Sum(f => ((string)f).Sum(c => c))));
        List<string?> texts = [.. RandomColumn.Texts.Concat(RandomColumn.Texts.Take(random.Next(5))).OrderBy(_ => random.Next())];
        var isNullCoded = random.Next(3) == 0;
        if (isNullCoded)
            texts.Insert(random.Next(texts.Count), null);
        bool[] valid = [.. values.Select(v => v is not null || (isNullCoded && random.Next(2) == 0))];
        int[] indices = [.. values.Select((v, i) => v is null && valid[i] ? texts.IndexOf(null) : Draw(texts, (string)filled[i], garbage))];
        var nulls = valid.Count(v => !v);
        var buffer = type.IndexType is Int8Type ? Buffer([.. indices.Select(i => (sbyte)i)]) : Buffer(indices);
        var coded = new ArrayData(type.IndexType, filled.Length, nulls, 0, [nulls == 0 ? ArrowBuffer.Empty : Bitmap(valid), buffer]);
        var dictionary = new StringArray.Builder();
        foreach (var text in texts)
            dictionary.Append(text);
        return new DictionaryArray(type, ArrowArrayFactory.BuildArray(coded), dictionary.Build());
    }

    /// <summary>One of the places where a value stands.</summary>
    private static int Draw(List<string?> texts, string text, Random random) =>
        random.Next(2) == 0 ? texts.IndexOf(text) : texts.LastIndexOf(text);

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
