using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Keeps null count, least and greatest value of one column while its batches pass by.</summary>
internal sealed class StatisticsCollector
{
    private const int TextLimit = 32;
    private bool _unbounded;
    private object? _min;
    private object? _max;
    private byte[]? _minText;
    private byte[]? _maxText;

    internal long NullCount { get; private set; }

    internal void Add(Apache.Arrow.Array column)
    {
        NullCount += column.NullCount;
        if (column.NullCount == column.Length || _unbounded)
            return;
        switch (column.Data.DataType)
        {
            case Int8Type: AddValues<sbyte, long>(column, static v => v); break;
            case Int16Type: AddValues<short, long>(column, static v => v); break;
            case Int32Type or Date32Type: AddValues<int, long>(column, static v => v); break;
            case Int64Type or TimestampType: AddValues<long, long>(column, static v => v); break;
            case FloatType: AddFloats<float>(column, static v => v); break;
            case DoubleType: AddFloats<double>(column, static v => v); break;
            case Decimal128Type: AddValues<Int128, Int128>(column, static v => v); break;
            case StringType: AddTexts((BinaryArray)column); break;
        }
    }

    internal ColumnStatistics ToStatistics()
    {
        if (_unbounded)
            return new ColumnStatistics(NullCount, null, null);
        return _minText is null
            ? new ColumnStatistics(NullCount, _min, _max)
            : new ColumnStatistics(NullCount, LowerBound(_minText), UpperBound(_maxText!));
    }

    private void AddValues<T, TKept>(Apache.Arrow.Array column, Func<T, TKept> keep)
        where T : unmanaged, IComparable<T>
        where TKept : struct, IComparable<TKept>
    {
        var values = Values<T>(column);
        var found = false;
        T min = default, max = default;
        for (var i = 0; i < values.Length; i++)
        {
            if (column.NullCount > 0 && column.IsNull(i))
                continue;
            if (!found || values[i].CompareTo(min) < 0)
                min = values[i];
            if (!found || values[i].CompareTo(max) > 0)
                max = values[i];
            found = true;
        }

        if (found)
            Merge(keep(min), keep(max));
    }

    // NaN has no place in the order, so a column that holds one has no bounds.
    private void AddFloats<T>(Apache.Arrow.Array column, Func<T, double> keep)
        where T : unmanaged, System.Numerics.IFloatingPoint<T>
    {
        var values = Values<T>(column);
        for (var i = 0; i < values.Length; i++)
        {
            if (T.IsFinite(values[i]) || (column.NullCount > 0 && column.IsNull(i)))
                continue;
            _unbounded = true;
            return;
        }

        AddValues(column, keep);
    }

    private void AddTexts(BinaryArray column)
    {
        for (var i = 0; i < column.Length; i++)
        {
            if (column.NullCount > 0 && column.IsNull(i))
                continue;
            var text = column.GetBytes(i);
            if (_minText is null || text.SequenceCompareTo(_minText) < 0)
                _minText = text.ToArray();
            if (_maxText is null || text.SequenceCompareTo(_maxText) > 0)
                _maxText = text.ToArray();
        }
    }

    private void Merge<TKept>(TKept min, TKept max)
        where TKept : struct, IComparable<TKept>
    {
        if (_min is not TKept known || min.CompareTo(known) < 0)
            _min = min;
        if (_max is not TKept most || max.CompareTo(most) > 0)
            _max = max;
    }

    private static ReadOnlySpan<T> Values<T>(Apache.Arrow.Array column)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(column.Data.Buffers[1].Span).Slice(column.Data.Offset, column.Length);

    private static string LowerBound(byte[] text) => Cut(Encoding.UTF8.GetString(text), out _);

    /// <summary>A cut text is smaller than the whole one, so its last character is raised; where none can be, there is no bound.</summary>
    private static string? UpperBound(byte[] text)
    {
        var cut = Cut(Encoding.UTF8.GetString(text), out var shortened);
        if (!shortened)
            return cut;
        var runes = cut.EnumerateRunes().ToArray();
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            var next = runes[last].Value + 1;
            if (next is >= 0xD800 and <= 0xDFFF)
                next = 0xE000;
            if (next <= 0x10FFFF)
                return string.Concat(runes.Take(last).Select(r => r.ToString())) + new Rune(next);
        }

        return null;
    }

    private static string Cut(string text, out bool shortened)
    {
        shortened = text.Length > TextLimit;
        if (!shortened)
            return text;
        return text[..(char.IsHighSurrogate(text[TextLimit - 1]) ? TextLimit - 1 : TextLimit)];
    }
}
