using System.Numerics;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Compares the values of one key in any two chunks; used where encoded bits do not decide.</summary>
internal abstract class SortComparer(ChunkColumn column, RowOrder order)
{
    protected ChunkColumn Column => column;

    public static SortComparer Create(ChunkColumn column, RowOrder order) => column.Type is DictionaryType
        ? new Indexed(column, order)
        : column.Physical switch
        {
            Physical.Null => new Nulls(column, order),
            Physical.Bit => new BitValues(column, order),
            Physical.Variable => new Texts(column, order),
            _ => PhysicalTypes.Dispatch<FixedAction, SortComparer>(
                nameof(Sorting), column.Type, new FixedAction { Column = column, Order = order }),
        };

    /// <summary>Whether a type has an order.</summary>
    public static bool HasOrder(IArrowType type) => type is DictionaryType dictionary
        ? HasOrder(dictionary.ValueType)
        : PhysicalTypes.Of(type) is not (Physical.Other or Physical.List or Physical.Struct or Physical.Bytes);

    public int Compare(uint left, uint right) => Compare((int)(left >> 16), (int)(left & 0xFFFF), (int)(right >> 16), (int)(right & 0xFFFF));

    public int Compare(int leftChunk, int leftRow, int rightChunk, int rightRow)
    {
        bool leftValid = IsValid(leftChunk, leftRow);
        bool rightValid = IsValid(rightChunk, rightRow);
        if (!leftValid || !rightValid)
        {
            return leftValid == rightValid ? 0 : leftValid == order.NullsFirst ? 1 : -1;
        }

        int compared = Values(leftChunk, leftRow, rightChunk, rightRow);
        return order.Descending ? -compared : compared;
    }

    protected virtual bool IsValid(int chunk, int row) => column.IsValid(chunk, row);

    protected abstract int Values(int leftChunk, int leftRow, int rightChunk, int rightRow);

    private sealed class Nulls(ChunkColumn column, RowOrder order) : SortComparer(column, order)
    {
        protected override int Values(int leftChunk, int leftRow, int rightChunk, int rightRow) => 0;
    }

    private sealed class BitValues(ChunkColumn column, RowOrder order) : SortComparer(column, order)
    {
        protected override int Values(int leftChunk, int leftRow, int rightChunk, int rightRow) =>
            Column.Bit(leftChunk, leftRow).CompareTo(Column.Bit(rightChunk, rightRow));
    }

    private sealed class Texts(ChunkColumn column, RowOrder order) : SortComparer(column, order)
    {
        protected override int Values(int leftChunk, int leftRow, int rightChunk, int rightRow) =>
            Math.Sign(Column.Text(leftChunk, leftRow).SequenceCompareTo(Column.Text(rightChunk, rightRow)));
    }

    private sealed class Fixed<T>(ChunkColumn column, RowOrder order) : SortComparer(column, order)
        where T : unmanaged, INumber<T>
    {
        protected override int Values(int leftChunk, int leftRow, int rightChunk, int rightRow)
        {
            T left = Column.Value<T>(leftChunk, leftRow);
            T right = Column.Value<T>(rightChunk, rightRow);
            return typeof(T) == typeof(Int128) ? left.CompareTo(right) : OrderedBits.Of(left).CompareTo(OrderedBits.Of(right));
        }
    }

    private sealed class Indexed(ChunkColumn column, RowOrder order) : SortComparer(column, order)
    {
        private readonly SortComparer _values = Create(column.Dictionary!, order with { Descending = false });

        protected override bool IsValid(int chunk, int row) =>
            base.IsValid(chunk, row) && _values.IsValid(chunk, Column.Index(chunk, row));

        protected override int Values(int leftChunk, int leftRow, int rightChunk, int rightRow) =>
            _values.Values(leftChunk, Column.Index(leftChunk, leftRow), rightChunk, Column.Index(rightChunk, rightRow));
    }

    private readonly struct FixedAction : IFixedAction<SortComparer>
    {
        public required ChunkColumn Column { get; init; }

        public required RowOrder Order { get; init; }

        public SortComparer Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Fixed<T>(Column, Order);
    }
}
