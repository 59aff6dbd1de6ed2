using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The values of the checked rows of a batch without gaps, so that loops over them test nothing; shared by rules where no filter leaves rows out.</summary>
internal readonly ref struct CheckedValues<T>
    where T : unmanaged, INumber<T>
{
    private readonly T[]? _stored;
    private readonly T[]? _dense;
    private readonly ColumnCache? _cache;

    private CheckedValues(ReadOnlySpan<T> values, T[]? stored, T[]? dense, ColumnCache? cache)
    {
        Values = values;
        (_stored, _dense, _cache) = (stored, dense, cache);
    }

    public ReadOnlySpan<T> Values { get; }

    /// <summary>Skips the rows without a value and gives the values of the others.</summary>
    public static CheckedValues<T> Of(StoredColumn column, RuleBatch batch, Span<RowMark> marks)
    {
        var isWhole = Marks.Count(marks, RowMark.Skipped) == 0;
        batch.SkipMissing(column.Ordinal, marks);
        if (isWhole)
        {
            var cache = batch.CacheOf(column.Ordinal);
            return new CheckedValues<T>(cache.Values<T>(column, batch), null, null, cache);
        }

        var values = Dense.Of(column.Values<T>(batch, out var stored), marks, out var dense);
        return new CheckedValues<T>(values, stored, dense, null);
    }

    /// <summary>The lowest and highest value; null without any.</summary>
    public Extremes<T>? Extremes() => _cache is null ? Quality.Extremes<T>.Of(Values) : _cache.Extremes(Values);

    /// <summary>The sums of values and squares.</summary>
    public DoubleSums Sums() => typeof(T) != typeof(double) ? throw new NotSupportedException()
        : _cache is null ? DoubleSums.Of(Doubles) : _cache.Sums(Doubles);

    /// <summary>The exact sum of whole values.</summary>
    public Int128 Total() => typeof(T) == typeof(long)
        ? _cache is null ? WholeSums.Of(Longs) : _cache.Total(Longs)
        : WholeSums.OfWide(Values);

    public void Dispose()
    {
        StoredColumn.Return(_dense);
        StoredColumn.Return(_stored);
    }

    private ReadOnlySpan<double> Doubles => System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(Values);

    private ReadOnlySpan<long> Longs => System.Runtime.InteropServices.MemoryMarshal.Cast<T, long>(Values);
}
