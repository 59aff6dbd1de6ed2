namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>As-of joins by looking at every right row for every left row.</summary>
internal static class AsOfOracle
{
    /// <param name="kind">Inner or left.</param>
    /// <param name="direction">Where to look.</param>
    /// <param name="allowsExact">Whether the very time matches.</param>
    /// <param name="tolerance">The largest distance, or null.</param>
    /// <param name="left">The left rows.</param>
    /// <param name="right">The right rows.</param>
    /// <param name="areEqual">Whether keys are equal.</param>
    /// <param name="leftTime">The time of a left row; null when it has none or it is NaN.</param>
    /// <param name="rightTime">The time of a right row.</param>
    public static List<string> Run(
        JoinKind kind, AsOfDirection direction, bool allowsExact, double? tolerance, IReadOnlyList<AsOfRow> left, IReadOnlyList<AsOfRow> right,
        Func<AsOfRow, AsOfRow, bool> areEqual, Func<AsOfRow, double?> leftTime, Func<AsOfRow, double?> rightTime)
    {
        var lines = new List<string>();
        var times = right.Select(rightTime).ToList();
        foreach (var l in left)
        {
            var best = -1;
            var at = leftTime(l);
            for (var r = 0; at is not null && r < times.Count; r++)
            {
                if (times[r] is { } other && IsBetter(at.Value, other, best < 0 ? null : times[best]) && areEqual(l, right[r]))
                    best = r;
            }

            if (best >= 0 && tolerance is { } most && Math.Abs(at!.Value - times[best]!.Value) > most)
                best = -1;
            if (best >= 0 || kind == JoinKind.Left)
                lines.Add($"{l.Number}|{(best < 0 ? null : right[best].Number)}|{l.Name ?? "-"}|{(best < 0 ? null : right[best].Name) ?? "-"}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;

        bool IsBetter(double at, double other, double? best)
        {
            if (other == at && !allowsExact)
                return false;
            return direction switch
            {
                AsOfDirection.Backward => other <= at && (best is null || other >= best),
                AsOfDirection.Forward => other >= at && (best is null || other <= best),
                _ => best is not { } b || Math.Abs(other - at) < Math.Abs(b - at) || (Math.Abs(other - at) == Math.Abs(b - at) && other <= b),
            };
        }
    }
}
