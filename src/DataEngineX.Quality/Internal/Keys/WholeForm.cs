using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>How a column stores whole numbers, dates and times among them, and how they become numbers of 64 bits without sign in the same order.</summary>
/// <param name="Width">The bytes of a value.</param>
/// <param name="IsSigned">Whether values have a sign.</param>
internal readonly record struct WholeForm(int Width, bool IsSigned)
{
    private ulong Flip => IsSigned ? 1UL << 63 : 0;

    /// <summary>That of a type; null where values are no whole numbers of at most 64 bits.</summary>
    public static WholeForm? Of(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Int8 => new WholeForm(1, true),
        ArrowTypeId.Int16 => new WholeForm(2, true),
        ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32 => new WholeForm(4, true),
        ArrowTypeId.Int64 or ArrowTypeId.Date64 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration => new WholeForm(8, true),
        ArrowTypeId.UInt8 => new WholeForm(1, false),
        ArrowTypeId.UInt16 => new WholeForm(2, false),
        ArrowTypeId.UInt32 => new WholeForm(4, false),
        ArrowTypeId.UInt64 => new WholeForm(8, false),
        _ => null,
    };

    /// <summary>The key of an ordered number, as <see cref="KeyEncoder"/> writes it.</summary>
    public Key16 KeyOf(ulong ordered) => Key16.Of((ordered ^ Flip) & (ulong.MaxValue >> (64 - (8 * Width))), Width);

    /// <summary>The ordered numbers of all rows; of one without a value anything.</summary>
    public void Read(IArrowArray column, Span<ulong> target)
    {
        switch (Width, IsSigned)
        {
            case (1, true): Read<sbyte>(column, target); break;
            case (2, true): Read<short>(column, target); break;
            case (4, true): Read<int>(column, target); break;
            case (8, true): Read<long>(column, target); break;
            case (1, false): Read<byte>(column, target); break;
            case (2, false): Read<ushort>(column, target); break;
            case (4, false): Read<uint>(column, target); break;
            default: Read<ulong>(column, target); break;
        }
    }

    /// <summary>Whether each value is by one above that before it; of at least one value.</summary>
    public bool IsRun(IArrowArray column, out ulong least) => (Width, IsSigned) switch
    {
        (1, true) => IsRun<sbyte>(column, out least),
        (2, true) => IsRun<short>(column, out least),
        (4, true) => IsRun<int>(column, out least),
        (8, true) => IsRun<long>(column, out least),
        (1, false) => IsRun<byte>(column, out least),
        (2, false) => IsRun<ushort>(column, out least),
        (4, false) => IsRun<uint>(column, out least),
        _ => IsRun<ulong>(column, out least),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Ordered<T>(T value)
        where T : unmanaged, IBinaryInteger<T> => (ulong)long.CreateTruncating(value) ^ Flip;

    private void Read<T>(IArrowArray column, Span<ulong> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = RuleBatch.Values<T>(column);
        for (var i = 0; i < values.Length; i++)
            target[i] = Ordered(values[i]);
    }

    private bool IsRun<T>(IArrowArray column, out ulong least)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = RuleBatch.Values<T>(column);
        least = Ordered(values[0]);
        // The ends tell a run from one that goes around.
        if (Ordered(values[^1]) - least != (ulong)(values.Length - 1))
            return false;
        var i = 0;
        for (; i < values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (!Vector.EqualsAll(new Vector<T>(values[(i + 1)..]) - new Vector<T>(values[i..]), Vector<T>.One))
                return false;
        }

        for (; i < values.Length - 1; i++)
        {
            if (values[i + 1] - values[i] != T.One)
                return false;
        }

        return true;
    }
}
