using System.Globalization;
using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The exact sum of integers or decimals.</summary>
internal sealed class SumState(StoredColumn column, Bounds bounds) : RuleState
{
    private Int128 _sum;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        if (column.Kind == ColumnKind.Long)
            Add<long>(batch, marks);
        else
            Add<Int128>(batch, marks);
    }

    public override Verdict Finish(Verdict counted) => Observation.Verdict(
        counted,
        bounds.Hold(_sum),
        column.Scale == 0
            ? _sum.ToString(CultureInfo.InvariantCulture)
            : ExactNumber.Canonical(new ExactNumber((BigInteger)_sum, BigInteger.Pow(10, column.Scale))));

    private void Add<T>(RuleBatch batch, Span<RowMark> marks)
        where T : unmanaged, INumber<T>
    {
        var values = Dense.Of(column.Values<T>(batch, out var stored), marks, out var dense);
        foreach (var value in values)
            _sum = checked(_sum + Int128.CreateTruncating(value));
        StoredColumn.Return(dense);
        StoredColumn.Return(stored);
    }
}
