using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>Collects the values of one column and turns them into an Arrow array whose buffers come from an allocator.</summary>
internal abstract class ColumnBuilder(IArrowType type)
{
    private readonly ArrowBuffer.BitmapBuilder _validity = new();

    internal IArrowType Type { get; } = type;

    internal int Length { get; private set; }

    internal int NullCount { get; private set; }

    internal static bool Supports(IArrowType type) => type.TypeId is ArrowTypeId.Boolean or ArrowTypeId.Int8 or ArrowTypeId.Int16
        or ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Int64 or ArrowTypeId.Timestamp or ArrowTypeId.UInt8 or ArrowTypeId.UInt16
        or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128
        or ArrowTypeId.String or ArrowTypeId.Binary;

    internal static ColumnBuilder Create(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Boolean => new BooleanColumnBuilder(type),
        ArrowTypeId.Int8 => new FixedColumnBuilder<sbyte>(type),
        ArrowTypeId.Int16 => new FixedColumnBuilder<short>(type),
        ArrowTypeId.Int32 or ArrowTypeId.Date32 => new FixedColumnBuilder<int>(type),
        ArrowTypeId.Int64 or ArrowTypeId.Timestamp => new FixedColumnBuilder<long>(type),
        ArrowTypeId.UInt8 => new FixedColumnBuilder<byte>(type),
        ArrowTypeId.UInt16 => new FixedColumnBuilder<ushort>(type),
        ArrowTypeId.UInt32 => new FixedColumnBuilder<uint>(type),
        ArrowTypeId.UInt64 => new FixedColumnBuilder<ulong>(type),
        ArrowTypeId.Float => new FixedColumnBuilder<float>(type),
        ArrowTypeId.Double => new FixedColumnBuilder<double>(type),
        ArrowTypeId.Decimal128 => new FixedColumnBuilder<Int128>(type),
        ArrowTypeId.String or ArrowTypeId.Binary => new BytesColumnBuilder(type),
        _ => throw new NotSupportedException($"columns of type {type.Name} cannot be built here"),
    };

    internal void AppendNull()
    {
        AppendEmpty();
        Mark(false);
        NullCount++;
    }

    /// <summary>Builds the array of what was appended and starts anew.</summary>
    internal IArrowArray Build(MemoryAllocator allocator)
    {
        var buffers = new List<ArrowBuffer>(3);
        try
        {
            buffers.Add(NullCount == 0 ? ArrowBuffer.Empty : _validity.Build(allocator));
            AddBuffers(buffers, allocator);
            return ArrowArrayFactory.BuildArray(new ArrayData(Type, Length, NullCount, 0, [.. buffers], null));
        }
        catch
        {
            foreach (var buffer in buffers)
                buffer.Dispose();
            throw;
        }
        finally
        {
            _validity.Clear();
            ClearValues();
            Length = 0;
            NullCount = 0;
        }
    }

    protected abstract void AppendEmpty();

    protected abstract void AddBuffers(List<ArrowBuffer> buffers, MemoryAllocator allocator);

    protected abstract void ClearValues();

    protected void Mark(bool valid)
    {
        _validity.Append(valid);
        Length++;
    }
}
