using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Windowing;

/// <summary>Columns of every kind over every frame.</summary>
internal static class WindowCases
{
    public static Dictionary<string, Func<WindowRow, object?>> Values { get; } = new()
    {
        ["number"] = r => r.Number,
        ["whole"] = r => r.Whole,
        ["value"] = r => r.Value,
        ["text"] = r => r.Text,
        ["at"] = r => r.At,
    };

    /// <summary>Columns under unique names with the values they are of.</summary>
    public static List<(WindowColumn Column, string Value)> All(IReadOnlyList<WindowFrame> frames)
    {
        var cases = new List<(WindowColumn Column, string Value)>
        {
            (WindowColumn.RowNumber(), ""), (WindowColumn.Rank(), ""), (WindowColumn.DenseRank(), ""), (WindowColumn.PercentRank(), ""),
            (WindowColumn.CumeDist(), ""), (WindowColumn.Tile(7), ""),
        };
        Add("text", e => WindowColumn.Lag(e, 3), e => WindowColumn.Lead(e, 4), WindowColumn.First, WindowColumn.Last, e => WindowColumn.NthValue(e, 9), WindowColumn.RunningCount);
        Add("number", WindowColumn.RunningSum, WindowColumn.RunningMin, e => WindowColumn.RollingSum(e, 5), e => WindowColumn.RollingMean(e, 4, 2));
        Add("value", WindowColumn.RunningSum, WindowColumn.RunningMean, WindowColumn.RunningMax, WindowColumn.RunningVariance, WindowColumn.RunningStandardDeviation);
        foreach (var frame in frames)
        {
            Add("text", e => WindowColumn.RollingFirst(e, frame), e => WindowColumn.RollingLast(e, frame), e => WindowColumn.RollingNth(e, 3, frame), e => WindowColumn.RollingCount(e, frame));
            Add("number", e => WindowColumn.RollingSum(e, frame), e => WindowColumn.RollingMean(e, frame, 2));
            Add("whole", e => WindowColumn.RollingMin(e, frame), e => WindowColumn.RollingMax(e, frame));
            Add("at", e => WindowColumn.RollingMax(e, frame));
            Add("value", e => WindowColumn.RollingSum(e, frame), e => WindowColumn.RollingMin(e, frame), e => WindowColumn.RollingMax(e, frame), e => WindowColumn.RollingVariance(e, frame));
            Add("value", e => WindowColumn.RollingStandardDeviation(e, frame), e => WindowColumn.RollingVariancePopulation(e, frame), e => WindowColumn.RollingStandardDeviationPopulation(e, frame));
        }

        return [.. cases.Select((c, i) => (c.Column.As("w" + i), c.Value))];

        void Add(string value, params Func<Expr, WindowColumn>[] columns) => cases.AddRange(columns.Select(c => (c(Col(value)), value)));
    }

    public static WindowFrame[] RowFrames(int near) =>
    [
        WindowFrame.Rows(near), WindowFrame.Rows(near, near), WindowFrame.Rows(0, near), WindowFrame.Rows(near, -1), WindowFrame.Rows(-2, near),
        WindowFrame.Rows(null, near), WindowFrame.Rows(null, -near), WindowFrame.Rows(near, null), WindowFrame.Rows(-near, null), WindowFrame.Partition,
    ];

    public static WindowFrame[] Ranges(string key, double steps) => key == "at"
        ? [.. Ranges((p, f) => WindowFrame.Range(Time(p, steps), Time(f, steps)))]
        : [.. Ranges((p, f) => WindowFrame.Range(p * steps, f * steps))];

    private static TimeSpan? Time(double? distance, double steps) => distance is { } d ? TimeSpan.FromMinutes(d * steps * 10) : null;

    private static IEnumerable<WindowFrame> Ranges(Func<double?, double?, WindowFrame> make) =>
    [
        make(3, 0), make(2, 2), make(0, 1), make(4, -1), make(-1, 5), make(null, 0), make(null, -2), make(1, null), make(0, 0), make(-2, null),
    ];
}
