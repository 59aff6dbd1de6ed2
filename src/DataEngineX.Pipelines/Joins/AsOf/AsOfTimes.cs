using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Reads times of either width.</summary>
internal readonly ref struct AsOfTimes(IArrowArray column)
{
    private readonly ReadOnlySpan<long> _narrow = column.Data.DataType is Decimal128Type ? [] : Columns.Values<long>(column.Data);
    private readonly ReadOnlySpan<Int128> _wide = column.Data.DataType is Decimal128Type ? Columns.Values<Int128>(column.Data) : [];
    private readonly Bits _valid = Bits.Validity(column.Data);

    public Int128 this[int row] => _wide.IsEmpty ? _narrow[row] : _wide[row];

    public bool IsValid(int row) => _valid[row];
}
