using System.Numerics;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>The median of stored values: a number, or of dates and times a stored value.</summary>
internal sealed class MedianState<T>(StoredColumn column, Bounds bounds, RuleContext context) : RuleState
    where T : unmanaged, INumber<T>
{
    private readonly ValueList<T> _values = new(context.Allocator);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        _values.Add(Dense.Of(column.Values<T>(batch, out var stored), marks, out var dense));
        StoredColumn.Return(dense);
        StoredColumn.Return(stored);
    }

    public override Verdict Finish(Verdict counted)
    {
        if (_values.Count == 0)
            return Observation.Verdict(counted, !bounds.Any, null);
        if (_values.HasNaN)
            return Observation.Verdict(counted, !bounds.Any, Observation.Number(double.NaN));
        return _values.Sorted((memory, count) =>
        {
            var sorted = MemoryMarshal.Cast<byte, T>(memory.Span)[..count];
            var (low, high) = (sorted[(count - 1) / 2], sorted[count / 2]);
            if (column.IsNumber || column.Kind == ColumnKind.Null)
            {
                var middle = (Number(low) + Number(high)) / 2;
                return Observation.Verdict(counted, bounds.Hold(middle), Observation.Number(middle));
            }

            var stored = low + ((high - low) / (T.One + T.One));
            return Observation.Verdict(counted, bounds.Hold(Int128.CreateChecked(stored)), column.Json(stored));
        });
    }

    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        base.Dispose(disposing);
    }

    private double Number(T value) => value is double number ? number : column.ToDouble(Int128.CreateChecked(value));
}
