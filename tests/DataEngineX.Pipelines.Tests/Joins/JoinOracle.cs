namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>Joins by comparing every row with every row. Rows are a key of up to two cells and a number.</summary>
internal static class JoinOracle
{
    public static List<string> Run(
        JoinKind kind, IReadOnlyList<JoinRow> left, IReadOnlyList<JoinRow> right, Func<JoinRow, JoinRow, bool> matches)
    {
        var lines = new List<string>();
        var met = new HashSet<JoinRow>(ReferenceEqualityComparer.Instance);
        foreach (var l in left)
        {
            var partners = right.Where(r => matches(l, r)).ToList();
            met.UnionWith(partners);
            switch (kind)
            {
                case JoinKind.Semi when partners.Count > 0:
                case JoinKind.Anti when partners.Count == 0:
                    lines.Add($"{l.Number}");
                    break;
                case JoinKind.Semi or JoinKind.Anti:
                    break;
                default:
                    lines.AddRange(partners.Select(r => Line(l, r)));
                    if (partners.Count == 0 && kind is JoinKind.Left or JoinKind.Full)
                        lines.Add(Line(l, null));
                    break;
            }
        }

        if (kind is JoinKind.Right or JoinKind.Full)
            lines.AddRange(right.Where(r => !met.Contains(r)).Select(r => Line(null, r)));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(JoinRow? left, JoinRow? right) =>
        $"{left?.Number}|{right?.Number}|{left?.Name ?? "-"}|{right?.Name ?? "-"}";
}
