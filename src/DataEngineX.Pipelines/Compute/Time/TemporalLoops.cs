using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Compute;

/// <summary>Computes an instant, duration or day of another; an overflow says so instead of a value.</summary>
internal interface ITimeOp
{
    bool TryRun(int row, long value, out long result);
}

/// <summary>The loop of <see cref="Temporal"/> over dates, times, timestamps and durations; what lies under nulls never fails.</summary>
internal static class TemporalLoops
{
    /// <param name="kernel">The function's name, for errors.</param>
    /// <param name="columns">All columns the operation reads; the first is the one it is given.</param>
    /// <param name="type">The type of the result: as many bits as the first column, or int64 for a 64-bit one.</param>
    /// <param name="op">The operation.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    public static IArrowArray Map<TOp>(
        string kernel, IReadOnlyList<IArrowArray> columns, IArrowType type, TOp op, MemoryAllocator allocator)
        where TOp : struct, ITimeOp, allows ref struct
    {
        ArrayData data = columns[0].Data;
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        Bits rows = TextLoops.Rows(validity, data.Length);
        bool narrow = PhysicalTypes.Of(data.DataType) == Physical.Int32;
        var source = new Wide(data, narrow);
        if (PhysicalTypes.Of(type) == Physical.Int32)
        {
            using var small = new OutputBuffer<int>(allocator, data.Length);
            Span<int> results = small.Span;
            for (int i = 0; i < results.Length; i++)
            {
                bool done = op.TryRun(i, source[i], out long result);
                results[i] = (int)result;
                if ((!done || results[i] != result) && rows[i])
                {
                    throw Overflow(kernel, data, i, type);
                }
            }

            return Assemble.Fixed(type, data.Length, validity, small);
        }

        using var values = new OutputBuffer<long>(allocator, data.Length);
        Span<long> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            if (!op.TryRun(i, source[i], out target[i]) && rows[i])
            {
                throw Overflow(kernel, data, i, type);
            }
        }

        return Assemble.Fixed(type, data.Length, validity, values);
    }

    private static OverflowException Overflow(string kernel, ArrayData data, int row, IArrowType type)
    {
        long raw = PhysicalTypes.Of(data.DataType) == Physical.Int32 ? Columns.Values<int>(data)[row] : Columns.Values<long>(data)[row];
        return new OverflowException(
            $"{kernel} of {Shown(raw, data.DataType)} in row {row} goes beyond the range of {ArrowTypes.NameOf(type)}.");
    }

    private static string Shown(long raw, IArrowType type)
    {
        Span<byte> text = stackalloc byte[64];
        int length = type switch
        {
            Date32Type => IsoText.WriteDate(raw, text),
            TimestampType t => IsoText.WriteInstant(raw, Calendar.UnitsPerDay(t.Unit) / 86_400, t.IsTimeZoneAware, text),
            _ => 0,
        };
        return length > 0 ? System.Text.Encoding.UTF8.GetString(text[..length]) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{raw}");
    }

    /// <summary>A 32-bit or 64-bit column read as 64-bit numbers.</summary>
    private readonly ref struct Wide(ArrayData data, bool narrow)
    {
        private readonly ReadOnlySpan<int> _small = narrow ? Columns.Values<int>(data) : [];
        private readonly ReadOnlySpan<long> _large = narrow ? [] : Columns.Values<long>(data);

        public long this[int row] => _large.IsEmpty ? _small[row] : _large[row];
    }
}
