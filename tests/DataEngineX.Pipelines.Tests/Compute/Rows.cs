using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Turns rows of plain objects (physical values; binary as hex) into columns with an offset and garbage under nulls, and back.</summary>
internal static class Rows
{
    public static IArrowArray Build(IArrowType type, object?[] rows, int pad = 0)
    {
        int total = rows.Length + (2 * pad);
        var padded = new object?[total];
        rows.CopyTo(padded, pad);
        if (type is NullType)
        {
            return new NullArray(rows.Length);
        }

        var bitmap = new byte[(total + 7) / 8];
        int nulls = 0;
        for (int i = 0; i < total; i++)
        {
            bool padding = i < pad || i >= pad + rows.Length;
            if (padding ? i % 2 == 0 : padded[i] is not null)
            {
                bitmap[i >> 3] |= (byte)(1 << (i & 7));
            }
            else if (!padding)
            {
                nulls++;
            }
        }

        ArrowBuffer[] buffers = type switch
        {
            BooleanType => [Buffer(bitmap), Buffer(Booleans(padded))],
            StringType or BinaryType => [Buffer(bitmap), .. Variable(type, padded)],
            _ => [Buffer(bitmap), Buffer(Fixed(type, padded))],
        };
        return ArrowArrayFactory.BuildArray(new ArrayData(type, rows.Length, nulls, pad, buffers));
    }

    public static object?[] Read(IArrowArray array)
    {
        var rows = new object?[array.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = array.IsNull(i) ? null : array switch
            {
                BooleanArray a => a.GetValue(i)!.Value,
                Int8Array a => a.GetValue(i)!.Value,
                Int16Array a => a.GetValue(i)!.Value,
                Int32Array a => a.GetValue(i)!.Value,
                Int64Array a => a.GetValue(i)!.Value,
                UInt8Array a => a.GetValue(i)!.Value,
                UInt16Array a => a.GetValue(i)!.Value,
                UInt32Array a => a.GetValue(i)!.Value,
                UInt64Array a => a.GetValue(i)!.Value,
                HalfFloatArray a => a.GetValue(i)!.Value,
                FloatArray a => a.GetValue(i)!.Value,
                DoubleArray a => a.GetValue(i)!.Value,
                Date32Array a => a.GetValue(i)!.Value,
                TimestampArray a => a.GetValue(i)!.Value,
                Date64Array a => a.GetValue(i)!.Value,
                Time32Array a => a.GetValue(i)!.Value,
                Time64Array a => a.GetValue(i)!.Value,
                DurationArray a => a.GetValue(i)!.Value,
                StringArray a => a.GetString(i),
                BinaryArray a => Convert.ToHexString(a.GetBytes(i)),
                Decimal128Array a => MemoryMarshal.Cast<byte, Int128>(a.ValueBuffer.Span)[a.Offset + i],
                _ => throw new NotSupportedException(array.Data.DataType.Name),
            };
        }

        return rows;
    }

    public static string Show(object?[] rows) =>
        string.Join(',', rows.Select(r => Convert.ToString(r ?? "null", CultureInfo.InvariantCulture)));

    private static ArrowBuffer Buffer(byte[] bytes) => new(bytes);

    private static byte[] Booleans(object?[] rows)
    {
        var bytes = new byte[(rows.Length + 7) / 8];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is true or null)
            {
                bytes[i >> 3] |= (byte)(1 << (i & 7));
            }
        }

        return bytes;
    }

    private static ArrowBuffer[] Variable(IArrowType type, object?[] rows)
    {
        var offsets = new int[rows.Length + 1];
        using var bytes = new MemoryStream();
        for (int i = 0; i < rows.Length; i++)
        {
            byte[] value = rows[i] is not string s ? [0x7A, 0xFF] : type is StringType ? Encoding.UTF8.GetBytes(s) : Convert.FromHexString(s);
            bytes.Write(value);
            offsets[i + 1] = (int)bytes.Length;
        }

        return [Buffer(MemoryMarshal.AsBytes<int>(offsets).ToArray()), Buffer(bytes.ToArray())];
    }

    private static byte[] Fixed(IArrowType type, object?[] rows) => type switch
    {
        Int8Type => Bytes<sbyte>(rows, 0x55),
        Int16Type => Bytes<short>(rows, short.MinValue),
        Int32Type or Date32Type or Time32Type => Bytes(rows, int.MinValue),
        Int64Type or TimestampType or Date64Type or Time64Type or DurationType => Bytes(rows, long.MinValue),
        UInt8Type => Bytes<byte>(rows, 0xEE),
        UInt16Type => Bytes<ushort>(rows, 0xEEEE),
        UInt32Type => Bytes(rows, uint.MaxValue),
        UInt64Type => Bytes(rows, ulong.MaxValue),
        HalfFloatType => Bytes(rows, Half.NaN),
        FloatType => Bytes(rows, float.NaN),
        DoubleType => Bytes(rows, double.NaN),
        Decimal128Type => Bytes(rows, Int128.MaxValue),
        _ => throw new NotSupportedException(type.Name),
    };

    private static byte[] Bytes<T>(object?[] rows, T garbage)
        where T : unmanaged
    {
        var values = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = rows[i] is T value ? value : garbage;
        }

        return MemoryMarshal.AsBytes<T>(values).ToArray();
    }
}
