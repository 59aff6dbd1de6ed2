using System.Runtime.CompilerServices;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Whether a row of one side has the key of a row of the other; a struct, so that the table's loop is compiled for it.</summary>
internal interface IKeyPair
{
    bool AreEqual(int row, int other);
}

/// <summary>One key column of a fixed width whose bits say whether values are equal.</summary>
internal readonly unsafe struct FixedPair<T>(ChunkedColumn rows, ChunkedColumn others) : IKeyPair
    where T : unmanaged, IEquatable<T>
{
    private readonly nint* _rows = rows.Values;
    private readonly nint* _others = others.Values;
    private readonly int _rowShift = rows.Shift;
    private readonly int _otherShift = others.Shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AreEqual(int row, int other) => KeyCells.At<T>(_rows, _rowShift, row).Equals(KeyCells.At<T>(_others, _otherShift, other));
}

/// <summary>One text or binary key column.</summary>
internal readonly unsafe struct BytesPair(ChunkedColumn rows, ChunkedColumn others) : IKeyPair
{
    private readonly nint* _rows = rows.Values;
    private readonly nint* _rowOffsets = rows.Offsets;
    private readonly nint* _others = others.Values;
    private readonly nint* _otherOffsets = others.Offsets;
    private readonly int _rowShift = rows.Shift;
    private readonly int _otherShift = others.Shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AreEqual(int row, int other)
    {
        var left = KeyCells.BytesAt(_rows, _rowOffsets, _rowShift, row);
        var right = KeyCells.BytesAt(_others, _otherOffsets, _otherShift, other);
        return left.SequenceEqual(right);
    }
}

/// <summary>Any key columns, one after another.</summary>
internal readonly struct ManyPairs(KeyCells[] cells) : IKeyPair
{
    public bool AreEqual(int row, int other)
    {
        foreach (ref readonly var cell in cells.AsSpan())
        {
            if (!cell.AreEqual(row, other))
                return false;
        }

        return true;
    }
}
