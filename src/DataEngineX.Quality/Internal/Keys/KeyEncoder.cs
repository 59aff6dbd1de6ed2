using System.Buffers.Binary;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>
/// Values of one or more columns as bytes that are equal when the values are: null equals null, -0.0 is 0.0, NaN equals NaN. One column gives its
/// bytes; several give a byte each that says whether there is a value, then the value, a text behind its length.
/// </summary>
internal sealed class KeyEncoder(IReadOnlyList<StoredColumn> columns)
{
    public IReadOnlyList<StoredColumn> Columns => columns;

    /// <summary>Whether values of a column can be keys.</summary>
    public static bool Fits(StoredColumn column) => WidthOf(column.Type) != 0 && CellJson.Supports(column.Type);

    /// <summary>The bytes of a value of a type; -1 for texts and bytes of any length, 0 for what is no key.</summary>
    public static int WidthOf(IArrowType type) => type switch
    {
        NullType or BooleanType => 1,
        Decimal128Type => 16,
        StringType or BinaryType => -1,
        Decimal256Type or FixedSizeBinaryType or NestedType => 0,
        FixedWidthType { BitWidth: 8 or 16 or 32 or 64 or 128 } wide => wide.BitWidth / 8,
        _ => 0,
    };

    /// <summary>Encodes the rows that are checked.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="marks">One mark a row.</param>
    /// <param name="nanIsMissing">Whether NaN is as null in a key of several columns.</param>
    /// <param name="target">Takes the keys.</param>
    public void Encode(RuleBatch batch, ReadOnlySpan<RowMark> marks, bool nanIsMissing, EncodedKeys target)
    {
        target.Start(marks.Length);
        if (columns.Count > 1)
            EncodeSeveral(batch, marks, nanIsMissing, target);
        else
            EncodeOne(batch.Column(columns[0].Ordinal), marks, target);
    }

    /// <summary>The columns of one key, each of one row.</summary>
    public IArrowArray[] Decode(ReadOnlySpan<byte> key)
    {
        if (columns.Count == 1)
            return [KeyColumns.Build(columns[0].Type, [key.ToArray()])];
        var arrays = new IArrowArray[columns.Count];
        for (var i = 0; i < arrays.Length; i++)
        {
            var hasValue = key[0] != 0;
            key = key[1..];
            if (!hasValue)
            {
                arrays[i] = KeyColumns.Build(columns[i].Type, [null]);
                continue;
            }

            var length = WidthOf(columns[i].Type);
            if (length < 0)
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(key);
                key = key[4..];
            }

            arrays[i] = KeyColumns.Build(columns[i].Type, [key[..length].ToArray()]);
            key = key[length..];
        }

        return arrays;
    }

    /// <summary>How many bytes of a key of several columns are the first one's, whether there is a value included.</summary>
    public static int LengthOfFirst(ReadOnlySpan<byte> key, StoredColumn first) => key[0] == 0 ? 1
        : WidthOf(first.Type) is var width and >= 0 ? 1 + width
        : 1 + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(key[1..]);

    private static void EncodeOne(IArrowArray column, ReadOnlySpan<RowMark> marks, EncodedKeys target)
    {
        switch (column)
        {
            case NullArray: break;
            case BooleanArray flags: EncodeFlags(new Flags(flags), marks, target); break;
            case BinaryArray: EncodeTexts(new TextColumn(column), marks, target); break;
            case DoubleArray: EncodeFloats<double, ulong>(column, marks, target, BitConverter.DoubleToUInt64Bits); break;
            case FloatArray: EncodeFloats<float, uint>(column, marks, target, BitConverter.SingleToUInt32Bits); break;
            case HalfFloatArray: EncodeFloats<Half, ushort>(column, marks, target, BitConverter.HalfToUInt16Bits); break;
            default:
                switch (WidthOf(column.Data.DataType))
                {
                    case 1: EncodeWhole<byte>(column, marks, target); break;
                    case 2: EncodeWhole<ushort>(column, marks, target); break;
                    case 4: EncodeWhole<uint>(column, marks, target); break;
                    case 8: EncodeWhole<ulong>(column, marks, target); break;
                    default: EncodeWide(column, marks, target); break;
                }

                break;
        }
    }

    private static void EncodeWhole<T>(IArrowArray column, ReadOnlySpan<RowMark> marks, EncodedKeys target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = RuleBatch.Values<T>(column);
        var length = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds)
                target.Add(Key16.Of(ulong.CreateTruncating(values[i]), length), i);
        }
    }

    private static void EncodeFloats<T, TBits>(IArrowArray column, ReadOnlySpan<RowMark> marks, EncodedKeys target, Func<T, TBits> bits)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        var values = RuleBatch.Values<T>(column);
        var length = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds)
                target.Add(Key16.Of(ulong.CreateTruncating(bits(One(values[i]))), length), i);
        }
    }

    /// <summary>One form of zero and one of NaN.</summary>
    private static T One<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? T.NaN : value == T.Zero ? T.Zero : value;

    private static void EncodeWide(IArrowArray column, ReadOnlySpan<RowMark> marks, EncodedKeys target)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(RuleBatch.Values<Int128>(column));
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds)
                target.Add(bytes.Slice(i * 16, 16), i);
        }
    }

    private static void EncodeFlags(Flags flags, ReadOnlySpan<RowMark> marks, EncodedKeys target)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds)
                target.Add(Key16.Of(flags[i] ? 1UL : 0, 1), i);
        }
    }

    private static void EncodeTexts(TextColumn texts, ReadOnlySpan<RowMark> marks, EncodedKeys target)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != RowMark.Holds)
                continue;
            if (texts.TryKey(i, out var key))
                target.Add(key, i);
            else
                target.Add(texts[i], i);
        }
    }

    private void EncodeSeveral(RuleBatch batch, ReadOnlySpan<RowMark> marks, bool nanIsMissing, EncodedKeys target)
    {
        var parts = columns.Select(c => new KeyPart(batch.Column(c.Ordinal), WidthOf(c.Type), nanIsMissing)).ToArray();
        var room = target.Scratch;
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != RowMark.Holds)
                continue;
            room.ResetWrittenCount();
            foreach (var part in parts)
                part.Write(i, room);
            target.Add(room.WrittenSpan, i);
        }
    }
}
