using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The lowest or highest of stored values.</summary>
internal sealed class ExtremeState<T>(StoredColumn column, bool greatest, Bounds bounds) : RuleState
    where T : unmanaged, INumber<T>
{
    private T _value;
    private bool _any;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(column.Ordinal, marks);
        var values = Dense.Of(column.Values<T>(batch, out var stored), marks, out var dense);
        if (!values.IsEmpty)
            See(values);
        StoredColumn.Return(dense);
        StoredColumn.Return(stored);
    }

    public override Verdict Finish(Verdict counted) => _any
        ? Observation.Verdict(counted, Holds(), column.Json(_value))
        : Observation.Verdict(counted, !bounds.Any, null);

    private void See(ReadOnlySpan<T> values)
    {
        var value = _any ? _value : values[0];
        _any = true;
        if (greatest)
        {
            foreach (var v in values)
                value = v > value || T.IsNaN(v) ? v : value;
        }
        else
        {
            foreach (var v in values)
                value = v < value || T.IsNaN(v) ? v : value;
        }

        // Once NaN, always NaN: every comparison with it is false.
        _value = value;
    }

    private bool Holds() => _value is double number ? bounds.Hold(number) : bounds.Hold(Int128.CreateChecked(_value));
}
