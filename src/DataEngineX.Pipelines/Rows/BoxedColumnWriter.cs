using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>A member of a rarer type, through its property: decimals, bytes, and enumerations as their numbers.</summary>
internal sealed class BoxedColumnWriter<T>(RowColumn column) : RowColumnWriter<T>(column)
{
    public override IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator)
    {
        return Column.Type switch
        {
            Int8Type => Fill(new Int8Array.Builder(), (b, v) => b.Append((sbyte)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int16Type => Fill(new Int16Array.Builder(), (b, v) => b.Append((short)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int32Type => Fill(new Int32Array.Builder(), (b, v) => b.Append((int)v), b => b.AppendNull(), b => b.Build(allocator)),
            Int64Type => Fill(new Int64Array.Builder(), (b, v) => b.Append((long)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt8Type => Fill(new UInt8Array.Builder(), (b, v) => b.Append((byte)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt16Type => Fill(new UInt16Array.Builder(), (b, v) => b.Append((ushort)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt32Type => Fill(new UInt32Array.Builder(), (b, v) => b.Append((uint)v), b => b.AppendNull(), b => b.Build(allocator)),
            UInt64Type => Fill(new UInt64Array.Builder(), (b, v) => b.Append((ulong)v), b => b.AppendNull(), b => b.Build(allocator)),
            Decimal128Type d => Fill(new Decimal128Array.Builder(d), (b, v) => b.Append((decimal)v), b => b.AppendNull(), b => b.Build(allocator)),
            BinaryType => Fill(new BinaryArray.Builder(), (b, v) => b.Append(((byte[])v).AsSpan()), b => b.AppendNull(), b => b.Build(allocator)),
            _ => throw new NotSupportedException($"A {Column.Type.Name} column cannot be made of row objects."),
        };

        IArrowArray Fill<TBuilder>(TBuilder builder, Action<TBuilder, object> append, Action<TBuilder> appendNull, Func<TBuilder, IArrowArray> build)
        {
            foreach (var row in rows)
            {
                if (Column.Property.GetValue(row) is { } value)
                    append(builder, value);
                else
                    appendNull(builder);
            }

            return build(builder);
        }
    }
}
