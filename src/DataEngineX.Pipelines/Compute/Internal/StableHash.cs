using System.Buffers.Binary;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Hashes of rows that may be stored. A value is a byte for its kind and its bytes in a form that does not depend on width, unit or encoding; its
/// hash is their xxHash64. A row of several values hashes the hash so far followed by the next one, 16 bytes, from left to right.
/// </summary>
internal static class StableHash
{
    private enum Kind : byte
    {
        Null,
        Boolean,
        Integer,
        Float,
        Decimal,
        Text,
        Binary,
        Date,
        Timestamp,
        Time,
        Duration,
    }

    public static bool Supports(IArrowType type) => KindOf(type) is not null;

    public static IArrowArray Run(IReadOnlyList<IArrowArray> columns, int length, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<long>(allocator, length);
        using var rented = new Rented<ulong>(length);
        Span<long> target = values.Span;
        Span<byte> pair = stackalloc byte[16];
        for (int c = 0; c < columns.Count; c++)
        {
            Of(columns[c].Data, rented.Span);
            for (int i = 0; i < target.Length; i++)
            {
                ulong hash = rented.Span[i];
                if (c != 0)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(pair, target[i]);
                    BinaryPrimitives.WriteUInt64LittleEndian(pair[8..], hash);
                    hash = XxHash.Of(pair);
                }

                target[i] = unchecked((long)hash);
            }
        }

        return Assemble.Fixed(Int64Type.Default, length, null, values);
    }

    private static void Of(ArrayData data, Span<ulong> hashes)
    {
        ulong missing = XxHash.Of([(byte)Kind.Null]);
        Kind kind = KindOf(data.DataType) ?? throw Guard.Unsupported("hash", data.DataType);
        Bits valid = Bits.Validity(data);
        if (kind == Kind.Null)
        {
            hashes.Fill(missing);
        }
        else if (kind == Kind.Boolean)
        {
            Bits values = Bits.Values(data);
            (ulong yes, ulong no) = (XxHash.Of([(byte)kind, 1]), XxHash.Of([(byte)kind, 0]));
            for (int i = 0; i < hashes.Length; i++)
            {
                hashes[i] = !valid[i] ? missing : values[i] ? yes : no;
            }
        }
        else if (kind is Kind.Text or Kind.Binary)
        {
            var column = new BytesColumn(data);
            Span<byte> room = stackalloc byte[257];
            for (int i = 0; i < hashes.Length; i++)
            {
                hashes[i] = valid[i] ? OfBytes(kind, column[i], room) : missing;
            }
        }
        else
        {
            PhysicalTypes.Dispatch<FixedAction, bool>("hash", data.DataType, new FixedAction { Data = data, Kind = kind, Hashes = hashes, Missing = missing });
        }
    }

    private static ulong OfBytes(Kind kind, ReadOnlySpan<byte> value, Span<byte> room)
    {
        if (value.Length < room.Length)
        {
            room[0] = (byte)kind;
            value.CopyTo(room[1..]);
            return XxHash.Of(room[..(value.Length + 1)]);
        }

        using var rented = new Rented<byte>(value.Length + 1);
        rented.Span[0] = (byte)kind;
        value.CopyTo(rented.Span[1..]);
        return XxHash.Of(rented.Span);
    }

    private static Kind? KindOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null => Kind.Null,
        ArrowTypeId.Boolean => Kind.Boolean,
        ArrowTypeId.Decimal128 => Kind.Decimal,
        ArrowTypeId.String => Kind.Text,
        ArrowTypeId.Binary => Kind.Binary,
        ArrowTypeId.Date32 or ArrowTypeId.Date64 => Kind.Date,
        ArrowTypeId.Timestamp => Kind.Timestamp,
        ArrowTypeId.Time32 or ArrowTypeId.Time64 => Kind.Time,
        ArrowTypeId.Duration => Kind.Duration,
        _ => PhysicalTypes.IsInteger(type) ? Kind.Integer : PhysicalTypes.IsFloating(type) ? Kind.Float : null,
    };

    /// <summary>How many nanoseconds (days for dates) a stored number counts.</summary>
    private static long FactorOf(IArrowType type) => type is TimeBasedType timed ? 86_400_000_000_000L / Calendar.UnitsPerDay(timed.Unit) : 1;

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required Kind Kind;
        public required Span<ulong> Hashes;
        public required ulong Missing;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> source = Columns.Values<T>(Data);
            Bits valid = Bits.Validity(Data);
            Int128 factor = FactorOf(Data.DataType);
            int scale = Data.DataType is Decimal128Type type ? type.Scale : 0;
            Span<ulong> hashes = Hashes;
            Span<byte> room = stackalloc byte[18];
            room[0] = (byte)Kind;
            for (int i = 0; i < hashes.Length; i++)
            {
                hashes[i] = valid[i] ? XxHash.Of(room[..Write(source[i], factor, scale, room)]) : Missing;
            }

            return true;
        }

        /// <summary>Writes the canonical bytes after the kind, and gives the length of both.</summary>
        private readonly int Write<T>(T value, Int128 factor, int scale, Span<byte> room)
            where T : unmanaged, INumber<T>
        {
            switch (Kind)
            {
                case Kind.Float:
                    BinaryPrimitives.WriteUInt64LittleEndian(room[1..], Hashing.Canonical(value));
                    return 9;
                case Kind.Decimal:
                    Int128 digits = Int128.CreateTruncating(value);
                    while (scale > 0 && digits % 10 == 0)
                    {
                        (digits, scale) = (digits / 10, scale - 1);
                    }

                    BinaryPrimitives.WriteInt128LittleEndian(room[1..], digits);
                    room[17] = (byte)scale;
                    return 18;
                case Kind.Date:
                    long day = long.CreateTruncating(value);
                    BinaryPrimitives.WriteInt64LittleEndian(room[1..], typeof(T) == typeof(long) ? Calendar.FloorDiv(day, 86_400_000) : day);
                    return 9;
                case Kind.Timestamp or Kind.Time or Kind.Duration:
                    BinaryPrimitives.WriteInt128LittleEndian(room[1..], Int128.CreateTruncating(value) * factor);
                    return 17;
                default:
                    // Beyond int64 only uint64 goes, which must not meet a negative number.
                    bool isBig = typeof(T) == typeof(ulong) && value > T.CreateTruncating(long.MaxValue);
                    BinaryPrimitives.WriteUInt64LittleEndian(room[1..], ulong.CreateTruncating(value));
                    room[9] = 1;
                    return isBig ? 10 : 9;
            }
        }
    }
}
