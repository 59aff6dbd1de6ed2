using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The median of stored values: a number, or of dates and times a stored value.</summary>
internal sealed class MedianState<T>(StoredColumn column, Bounds bounds, RuleContext context) : RankState<T>(column, context)
    where T : unmanaged, INumber<T>
{
    public override Verdict Finish(Verdict counted)
    {
        if (Values.Count == 0)
            return Observation.Verdict(counted, !bounds.Any, null);
        if (Values.HasNaN)
            return Observation.Verdict(counted, !bounds.Any, Observation.Number(double.NaN));
        var middles = Values.Select([(Values.Count - 1) / 2, Values.Count / 2]);
        if (IsNumber)
        {
            var middle = (Number(middles[0]) + Number(middles[1])) / 2;
            return Observation.Verdict(counted, bounds.Hold(middle), Observation.Number(middle));
        }

        var stored = middles[0] + ((middles[1] - middles[0]) / (T.One + T.One));
        return Observation.Verdict(counted, bounds.Hold(Int128.CreateChecked(stored)), Column.Json(stored));
    }
}
