using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>A column as rules see it: position, type without dictionary, kind, and its values in one of three widths.</summary>
/// <param name="Name">The name.</param>
/// <param name="Ordinal">The position.</param>
/// <param name="Type">The type of the values.</param>
internal sealed record StoredColumn(string Name, int Ordinal, IArrowType Type)
{
    public ColumnKind Kind { get; } = KindOf(Type);

    /// <summary>Whether the values are numbers, bool among them as 0 and 1; not so dates and times.</summary>
    public bool IsNumber => Type is NumberType or BooleanType or Decimal128Type;

    /// <summary>The power of ten a stored value is divided by.</summary>
    public int Scale => Type is Decimal128Type d ? d.Scale : 0;

    public string TypeName => ArrowTypes.NameOf(Type);

    public static StoredColumn Of(Schema schema, int ordinal)
    {
        var field = schema.GetFieldByIndex(ordinal);
        return new StoredColumn(field.Name, ordinal, field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType);
    }

    /// <summary>A stored value as a number.</summary>
    public double ToDouble(Int128 stored) => Scale == 0 ? (double)stored : (double)stored / (double)BigInteger.Pow(10, Scale);

    /// <summary>A stored value as JSON, as the column itself would write it.</summary>
    public string Json<T>(T value)
        where T : unmanaged
    {
        using var array = ArrowArrayFactory.BuildArray(new ArrayData(Type, 1, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(Narrow(value))]));
        return CellText.Short(array, 0, int.MaxValue).Json;
    }

    /// <summary>The values of a batch, widened; what stands at a null is anything.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rented">Gets a buffer that has to go back to the pool, or null where the column holds the width itself.</param>
    public ReadOnlySpan<T> Values<T>(RuleBatch batch, out T[]? rented)
        where T : unmanaged, INumber<T>
    {
        var column = batch.Column(Ordinal);
        rented = null;
        if (column is NullArray || column.Length == 0)
            return (rented = ArrayPool<T>.Shared.Rent(Math.Max(1, column.Length))).AsSpan(0, column.Length);
        if (Stores<T>())
            return RuleBatch.Values<T>(column);
        rented = ArrayPool<T>.Shared.Rent(column.Length);
        var target = rented.AsSpan(0, column.Length);
        Widen(column, target);
        return target;
    }

    public static void Return<T>(T[]? rented)
    {
        if (rented is not null)
            ArrayPool<T>.Shared.Return(rented);
    }

    private static ColumnKind KindOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null => ColumnKind.Null,
        ArrowTypeId.Boolean or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8
            or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Time32
            or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration => ColumnKind.Long,
        ArrowTypeId.UInt64 or ArrowTypeId.Decimal128 => ColumnKind.Wide,
        ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double => ColumnKind.Double,
        ArrowTypeId.String => ColumnKind.Text,
        _ => ColumnKind.Other,
    };

    /// <summary>Whether the column holds its values in this very width.</summary>
    public bool Stores<T>() => Type.TypeId switch
    {
        ArrowTypeId.Double => typeof(T) == typeof(double),
        ArrowTypeId.Decimal128 => typeof(T) == typeof(Int128),
        ArrowTypeId.Int64 or ArrowTypeId.Date64 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration => typeof(T) == typeof(long),
        _ => false,
    };

    private void Widen<T>(IArrowArray column, Span<T> target)
        where T : unmanaged, INumber<T>
    {
        switch (Type.TypeId)
        {
            case ArrowTypeId.Boolean:
                var flags = new Flags((BooleanArray)column);
                for (var i = 0; i < target.Length; i++)
                    target[i] = flags[i] ? T.One : T.Zero;
                break;
            case ArrowTypeId.Int8: Widen<sbyte, T>(column, target); break;
            case ArrowTypeId.Int16: Widen<short, T>(column, target); break;
            case ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32: Widen<int, T>(column, target); break;
            case ArrowTypeId.UInt8: Widen<byte, T>(column, target); break;
            case ArrowTypeId.UInt16: Widen<ushort, T>(column, target); break;
            case ArrowTypeId.UInt32: Widen<uint, T>(column, target); break;
            case ArrowTypeId.UInt64: Widen<ulong, T>(column, target); break;
            case ArrowTypeId.HalfFloat: Widen<Half, T>(column, target); break;
            case ArrowTypeId.Float: Widen<float, T>(column, target); break;
            case ArrowTypeId.Double: Widen<double, T>(column, target); break;
            case ArrowTypeId.Decimal128: Widen<Int128, T>(column, target); break;
            default: Widen<long, T>(column, target); break;
        }
    }

    private static void Widen<TFrom, T>(IArrowArray column, Span<T> target)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        var values = RuleBatch.Values<TFrom>(column);
        for (var i = 0; i < target.Length; i++)
            target[i] = T.CreateTruncating(values[i]);
    }

    private byte[] Narrow<T>(T value)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
        return Type.TypeId switch
        {
            ArrowTypeId.Float => BitConverter.GetBytes((float)Unsafe.As<T, double>(ref value)),
            ArrowTypeId.HalfFloat => BitConverter.GetBytes((Half)Unsafe.As<T, double>(ref value)),
            // Little-endian integers: the low bytes are the narrow value.
            _ => bytes,
        };
    }
}
