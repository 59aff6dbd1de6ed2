using System.Buffers.Binary;
using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Turns the bounds that a file keeps of a column into the form in which bounds are compared.</summary>
internal static class StoredBounds
{
    internal static StatBounds Of(FileColumn column, ChunkStatistics statistics, long rows)
    {
        var nulls = statistics.NullCount is { } count ? Math.Min(count, rows) : (long?)null;
        try
        {
            return new StatBounds(Value(column, statistics.Min, isMax: false), Value(column, statistics.Max, isMax: true), nulls, rows);
        }
        catch (OverflowException)
        {
            // Statistics only help to skip: without them the rows are read.
            return new StatBounds(null, null, nulls, rows);
        }
    }

    private static object? Value(FileColumn column, byte[]? bytes, bool isMax)
    {
        if (bytes is null)
            return null;
        return (column.Element.Type, column.Type) switch
        {
            (PhysicalType.Int32, Int8Type or Int16Type or Int32Type or Date32Type) when bytes.Length == 4 =>
                (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (PhysicalType.Int32, UInt8Type or UInt16Type or UInt32Type) when bytes.Length == 4 => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (PhysicalType.Int64, Int64Type) when bytes.Length == 8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (PhysicalType.Int64, TimestampType) when bytes.Length == 8 =>
                Micros(BinaryPrimitives.ReadInt64LittleEndian(bytes), column.Element.Logical.Unit),
            (PhysicalType.Float, FloatType) when bytes.Length == 4 => Float(BinaryPrimitives.ReadSingleLittleEndian(bytes), isMax),
            (PhysicalType.Double, DoubleType) when bytes.Length == 8 => Known(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            (PhysicalType.Int32, Decimal128Type) when bytes.Length == 4 => (Int128)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (PhysicalType.Int64, Decimal128Type) when bytes.Length == 8 => (Int128)BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (PhysicalType.FixedLenByteArray, Decimal128Type) => FixedConversions.BigEndian(bytes),
            (PhysicalType.ByteArray, StringType) => Text(bytes),
            _ => null,
        };
    }

    private static object Micros(long value, TimeUnit unit) => unit switch
    {
        TimeUnit.Millisecond => checked(value * 1000),
        TimeUnit.Nanosecond => value >= 0 ? value / 1000 : -((-value + 999) / 1000),
        _ => value,
    };

    private static object? Known(double value) => double.IsNaN(value) ? null : value;

    // A literal may be rounded to the column's precision before it is compared, so the bound gives way by one step.
    private static object? Float(float value, bool isMax) => Known(isMax ? float.BitIncrement(value) : float.BitDecrement(value));

    // A bound that was cut within a character is not a text and cannot be compared as one.
    private static string? Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
