using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>Makes batches of row objects: for small inputs, fixtures and requests, not for bulk data.</summary>
public static class RowBatch
{
    /// <summary>Makes one batch; columns are the row type's properties.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="allocator">Where the batch is allocated. <value>Default: null, Arrow's default allocator.</value></param>
    /// <returns>A batch owned by the caller.</returns>
    public static RecordBatch Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IReadOnlyList<T> rows, MemoryAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = RowShape.Of<T>();
        var arrays = columns.Select(c => Column(c, rows, allocator)).ToList();
        return new RecordBatch(new Schema(columns.Select(c => new Field(c.Name, c.Type, c.IsNullable)), null), arrays, rows.Count);
    }

    internal static IArrowArray Column<T>(RowColumn column, IReadOnlyList<T> rows, MemoryAllocator? allocator)
    {
        IEnumerable<object?> Values() => rows.Select(r => column.Property.GetValue(r));
        return column.Type switch
        {
            BooleanType => Fill(new BooleanArray.Builder(), (b, v) => b.Append((bool)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int8Type => Fill(new Int8Array.Builder(), (b, v) => b.Append((sbyte)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int16Type => Fill(new Int16Array.Builder(), (b, v) => b.Append((short)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int32Type => Fill(new Int32Array.Builder(), (b, v) => b.Append((int)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int64Type => Fill(new Int64Array.Builder(), (b, v) => b.Append((long)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt8Type => Fill(new UInt8Array.Builder(), (b, v) => b.Append((byte)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt16Type => Fill(new UInt16Array.Builder(), (b, v) => b.Append((ushort)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt32Type => Fill(new UInt32Array.Builder(), (b, v) => b.Append((uint)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt64Type => Fill(new UInt64Array.Builder(), (b, v) => b.Append((ulong)v), b => b.AppendNull(), b => b.Build(allocator)),
            FloatType => Fill(new FloatArray.Builder(), (b, v) => b.Append((float)v), b => b.AppendNull(), b => b.Build(allocator)),
            DoubleType => Fill(new DoubleArray.Builder(), (b, v) => b.Append((double)v), b => b.AppendNull(), b => b.Build(allocator)),
            StringType => Fill(new StringArray.Builder(), (b, v) => b.Append((string)v), b => b.AppendNull(), b => b.Build(allocator)),
            Date32Type => Fill(new Date32Array.Builder(), (b, v) => b.Append((DateOnly)v), b => b.AppendNull(), b => b.Build(allocator)),
            TimestampType t => Fill(new TimestampArray.Builder(t), (b, v) => b.Append(Instant(v)), b => b.AppendNull(), b => b.Build(allocator)),
            Decimal128Type d => Fill(new Decimal128Array.Builder(d), (b, v) => b.Append((decimal)v), b => b.AppendNull(), b => b.Build(allocator)),
            DurationType t => Fill(new DurationArray.Builder(t), (b, v) => b.Append((TimeSpan)v), b => b.AppendNull(), b => b.Build(allocator)),
            Time64Type t => Fill(new Time64Array.Builder(t), (b, v) => b.Append(((TimeOnly)v).Ticks / TimeSpan.TicksPerMicrosecond), b => b.AppendNull(), b => b.Build(allocator)),
            BinaryType => Fill(new BinaryArray.Builder(), (b, v) => b.Append(((byte[])v).AsSpan()), b => b.AppendNull(), b => b.Build(allocator)),
            _ => throw new NotSupportedException($"A {column.Type.Name} column cannot be made of row objects."),
        };

        IArrowArray Fill<TBuilder>(TBuilder builder, Action<TBuilder, object> append, Action<TBuilder> appendNull, Func<TBuilder, IArrowArray> build)
        {
            foreach (var value in Values())
            {
                if (value is null)
                    appendNull(builder);
                else
                    append(builder, value);
            }

            return build(builder);
        }
    }

    private static DateTimeOffset Instant(object value) =>
        value is DateTimeOffset instant ? instant : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));
}
