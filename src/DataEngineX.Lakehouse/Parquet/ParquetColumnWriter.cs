using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Hands the chunks of one Arrow column to one column chunk of a row group: values without nulls, and a level per row.</summary>
internal static class ParquetColumnWriter
{
    private delegate T Convert<T>(Apache.Arrow.Array chunk, int row);

    /// <summary>Puts the values of a chunk that are not null one after another and tells how many there were.</summary>
    private delegate int Collect<T>(Apache.Arrow.Array chunk, Span<T> into);

    internal static Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, ArrowField column, Apache.Arrow.Array[] chunks, int rows, CancellationToken cancellationToken) =>
        column.DataType switch
        {
            BooleanType => WriteAsync(group, field, column, chunks, rows, static (c, i) => ((BooleanArray)c).GetValue(i)!.Value, cancellationToken),
            Int8Type => WriteFixedAsync<sbyte>(group, field, column, chunks, rows, cancellationToken),
            Int16Type => WriteFixedAsync<short>(group, field, column, chunks, rows, cancellationToken),
            Int32Type or Date32Type => WriteFixedAsync<int>(group, field, column, chunks, rows, cancellationToken),
            Int64Type or TimestampType => WriteFixedAsync<long>(group, field, column, chunks, rows, cancellationToken),
            FloatType => WriteFixedAsync<float>(group, field, column, chunks, rows, cancellationToken),
            DoubleType => WriteFixedAsync<double>(group, field, column, chunks, rows, cancellationToken),
            StringType or BinaryType => WriteAsync(group, field, column, chunks, rows, BytesOf, cancellationToken),
            Decimal128Type { Precision: <= 9 } => WriteAsync(group, field, column, chunks, rows, static (c, i) => (int)Unscaled(c, i), cancellationToken),
            Decimal128Type { Precision: <= 18 } => WriteAsync(group, field, column, chunks, rows, static (c, i) => (long)Unscaled(c, i), cancellationToken),
            Decimal128Type type => WriteAsync(
                group, field, column, chunks, rows, (c, i) => new BigDecimal((BigInteger)Unscaled(c, i), type.Precision, type.Scale), cancellationToken),
            _ => throw ParquetColumns.Unsupported(column),
        };

    private static Task WriteFixedAsync<T>(
        ParquetRowGroupWriter group, DataField field, ArrowField column, Apache.Arrow.Array[] chunks, int rows, CancellationToken cancellationToken)
        where T : unmanaged =>
        WriteAsync<T>(group, field, column, chunks, rows, CollectFixed, cancellationToken);

    private static Task WriteAsync<T>(
        ParquetRowGroupWriter group, DataField field, ArrowField column, Apache.Arrow.Array[] chunks, int rows, Convert<T> convert,
        CancellationToken cancellationToken)
        where T : struct =>
        WriteAsync<T>(group, field, column, chunks, rows, (chunk, into) => CollectEach(chunk, into, convert), cancellationToken);

    private static async Task WriteAsync<T>(
        ParquetRowGroupWriter group, DataField field, ArrowField column, Apache.Arrow.Array[] chunks, int rows, Collect<T> collect,
        CancellationToken cancellationToken)
        where T : struct
    {
        var values = ArrayPool<T>.Shared.Rent(rows);
        var levels = column.IsNullable ? ArrayPool<int>.Shared.Rent(rows) : null;
        try
        {
            int count = 0, row = 0;
            foreach (var chunk in chunks)
            {
                MarkLevels(column, chunk, levels is null ? default : levels.AsSpan(row, chunk.Length));
                count += collect(chunk, values.AsSpan(count));
                row += chunk.Length;
            }

            ReadOnlyMemory<int>? definition = levels is null ? default(ReadOnlyMemory<int>?) : levels.AsMemory(0, rows);
            await group.WriteAllPartsAsync<T>(field, values.AsMemory(0, count), definition, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(values, clearArray: true);
            if (levels is not null)
                ArrayPool<int>.Shared.Return(levels);
        }
    }

    private static void MarkLevels(ArrowField column, Apache.Arrow.Array chunk, Span<int> levels)
    {
        if (chunk.NullCount == 0)
        {
            levels.Fill(1);
            return;
        }

        if (!column.IsNullable)
            throw new MalformedDataException($"Column '{column.Name}' is declared not to be null, and a row of it is.", column.Name);
        for (var i = 0; i < levels.Length; i++)
            levels[i] = chunk.IsValid(i) ? 1 : 0;
    }

    private static int CollectFixed<T>(Apache.Arrow.Array chunk, Span<T> into)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(chunk.Data.Buffers[1].Span).Slice(chunk.Data.Offset, chunk.Length);
        if (chunk.NullCount == 0)
        {
            values.CopyTo(into);
            return values.Length;
        }

        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (chunk.IsValid(i))
                into[count++] = values[i];
        }

        return count;
    }

    private static int CollectEach<T>(Apache.Arrow.Array chunk, Span<T> into, Convert<T> convert)
        where T : struct
    {
        var count = 0;
        for (var i = 0; i < chunk.Length; i++)
        {
            if (chunk.IsValid(i))
                into[count++] = convert(chunk, i);
        }

        return count;
    }

    private static ReadOnlyMemory<byte> BytesOf(Apache.Arrow.Array chunk, int row)
    {
        var array = (BinaryArray)chunk;
        return chunk.Data.Buffers[2].Memory.Slice(array.ValueOffsets[row], array.GetValueLength(row));
    }

    private static Int128 Unscaled(Apache.Arrow.Array chunk, int row) =>
        MemoryMarshal.Cast<byte, Int128>(chunk.Data.Buffers[1].Span)[chunk.Data.Offset + row];
}
