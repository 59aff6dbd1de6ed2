using System.Runtime.CompilerServices;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Two columns of one type, one a side, whose cells are compared. Neither cell may be null.</summary>
internal readonly unsafe struct KeyCells(ChunkedColumn rows, ChunkedColumn others)
{
    public bool AreEqual(int row, int other) => rows.Physical switch
    {
        Physical.Variable => BytesAt(rows.Values, rows.Offsets, rows.Shift, row).SequenceEqual(BytesAt(others.Values, others.Offsets, others.Shift, other)),
        Physical.Bit => BitAt(rows, row) == BitAt(others, other),
        Physical.Float16 => Canonical<Half>(row, other),
        Physical.Float32 => Canonical<float>(row, other),
        Physical.Float64 => Canonical<double>(row, other),
        _ => rows.Width switch
        {
            1 => Same<byte>(row, other),
            2 => Same<ushort>(row, other),
            4 => Same<uint>(row, other),
            8 => Same<ulong>(row, other),
            _ => Same<Int128>(row, other),
        },
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(nint* chunks, int shift, int row)
        where T : unmanaged => ((T*)chunks[row >> shift])[row & Mask(shift)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> BytesAt(nint* values, nint* offsets, int shift, int row)
    {
        var chunk = row >> shift;
        var at = (int*)offsets[chunk] + (row & Mask(shift));
        return new ReadOnlySpan<byte>((byte*)values[chunk] + at[0], at[1] - at[0]);
    }

    public static bool BitAt(ChunkedColumn column, int row)
    {
        var chunk = row >> column.Shift;
        var bit = (row & Mask(column.Shift)) + column.BitOffsets[chunk];
        return ((((byte*)column.Values[chunk])[bit >> 3] >> (bit & 7)) & 1) != 0;
    }

    /// <summary>The bits of a row in its chunk: all of them where there is one chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Mask(int shift) => (int)((1u << shift) - 1);

    private bool Same<T>(int row, int other)
        where T : unmanaged, IEquatable<T> => At<T>(rows.Values, rows.Shift, row).Equals(At<T>(others.Values, others.Shift, other));

    /// <summary>One zero and one NaN, as the hash has it.</summary>
    private bool Canonical<T>(int row, int other)
        where T : unmanaged, System.Numerics.INumber<T> =>
        Hashing.Canonical(At<T>(rows.Values, rows.Shift, row)) == Hashing.Canonical(At<T>(others.Values, others.Shift, other));
}
