using System.Buffers;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>
/// What the rules on a column share of one batch, each found when the first rule asks: the values without gaps, their sums and extremes, and the
/// few different texts. A rule with a filter or by group sees other rows and takes no part.
/// </summary>
internal sealed class ColumnCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, Dense> _dense = [];
    private readonly Dictionary<Type, object?> _extremes = [];
    private TextCodes? _codes;
    private DoubleSums? _sums;
    private Int128? _total;
    private bool _coded;

    public TextCodes? Codes(IArrowArray source, IArrowArray column, ReadOnlySpan<ulong> missing)
    {
        lock (_lock)
        {
            if (!_coded)
                (_codes, _coded) = (TextCodes.TryMake(source, column, missing), true);
            return _codes;
        }
    }

    /// <summary>The values of the rows that have one.</summary>
    public ReadOnlySpan<T> Values<T>(StoredColumn column, RuleBatch batch)
        where T : unmanaged, INumber<T>
    {
        var missing = batch.Missing(column.Ordinal);
        if (missing.IsEmpty && column.Stores<T>() && batch.Column(column.Ordinal) is not NullArray)
            return RuleBatch.Values<T>(batch.Column(column.Ordinal));
        lock (_lock)
        {
            if (!_dense.TryGetValue(typeof(T), out var dense))
                _dense[typeof(T)] = dense = Dense<T>.Make(column, batch, missing);
            return ((Dense<T>)dense).Values;
        }
    }

    public DoubleSums Sums(ReadOnlySpan<double> values)
    {
        lock (_lock)
            return _sums ??= DoubleSums.Of(values);
    }

    public Int128 Total(ReadOnlySpan<long> values)
    {
        lock (_lock)
            return _total ??= WholeSums.Of(values);
    }

    public Extremes<T>? Extremes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        lock (_lock)
        {
            if (!_extremes.TryGetValue(typeof(T), out var found))
                _extremes[typeof(T)] = found = Quality.Extremes<T>.Of(values);
            return (Extremes<T>?)found;
        }
    }

    public void Release()
    {
        foreach (var dense in _dense.Values)
            dense.Release();
        _codes?.Release();
    }

    private abstract class Dense
    {
        public abstract void Release();
    }

    private sealed class Dense<T>(T[] values, int count) : Dense
        where T : unmanaged, INumber<T>
    {
        public ReadOnlySpan<T> Values => values.AsSpan(0, count);

        public static Dense<T> Make(StoredColumn column, RuleBatch batch, ReadOnlySpan<ulong> missing)
        {
            var all = column.Values<T>(batch, out var rented);
            if (missing.IsEmpty && rented is not null)
                return new Dense<T>(rented, all.Length);
            var values = ArrayPool<T>.Shared.Rent(Math.Max(1, all.Length));
            var count = 0;
            for (var i = 0; i < all.Length; i++)
            {
                values[count] = all[i];
                count += (int)(~missing[i >> 6] >> (i & 63) & 1);
            }

            StoredColumn.Return(rented);
            return new Dense<T>(values, count);
        }

        public override void Release() => ArrayPool<T>.Shared.Return(values);
    }
}
