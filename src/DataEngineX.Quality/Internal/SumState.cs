using System.Globalization;
using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The exact sum of integers or decimals.</summary>
internal sealed class SumState(StoredColumn column, Bounds bounds) : RuleState
{
    private Int128 _sum;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        if (column.Kind == ColumnKind.Long)
            Add<long>(batch, marks);
        else
            Add<Int128>(batch, marks);
    }

    public override void Merge(RuleState other, long rowsBefore) => _sum = checked(_sum + ((SumState)other)._sum);

    public override void Save(BinaryWriter writer) => ValueFormat.Write(writer, _sum);

    public override void Load(BinaryReader reader) => _sum = ValueFormat.Read<Int128>(reader);

    public override Verdict Finish(Verdict counted) => Observation.Verdict(
        counted,
        bounds.Hold(_sum),
        column.Scale == 0
            ? _sum.ToString(CultureInfo.InvariantCulture)
            : ExactNumber.Canonical(new ExactNumber((BigInteger)_sum, BigInteger.Pow(10, column.Scale))));

    private void Add<T>(RuleBatch batch, Span<RowMark> marks)
        where T : unmanaged, INumber<T>
    {
        using var values = CheckedValues<T>.Of(column, batch, marks);
        _sum = checked(_sum + values.Total());
    }
}
