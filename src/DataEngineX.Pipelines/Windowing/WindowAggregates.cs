using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Which kinds of window columns are aggregates, and which.</summary>
internal static class WindowAggregates
{
    /// <summary>The aggregate of a kind; null where it is none.</summary>
    public static AggregateKind? Of(WindowKind kind) => kind switch
    {
        WindowKind.RollingCount or WindowKind.RunningCount => AggregateKind.Count,
        WindowKind.RollingSum or WindowKind.RunningSum => AggregateKind.Sum,
        WindowKind.RollingMean or WindowKind.RunningMean => AggregateKind.Mean,
        WindowKind.RollingMin or WindowKind.RunningMin => AggregateKind.Min,
        WindowKind.RollingMax or WindowKind.RunningMax => AggregateKind.Max,
        WindowKind.RollingVariance or WindowKind.RunningVariance => AggregateKind.Variance,
        WindowKind.RollingStandardDeviation or WindowKind.RunningStandardDeviation => AggregateKind.StandardDeviation,
        WindowKind.RollingVariancePopulation => AggregateKind.VariancePopulation,
        WindowKind.RollingStandardDeviationPopulation => AggregateKind.StandardDeviationPopulation,
        _ => null,
    };

    public static bool IsRanking(WindowKind kind) => kind is WindowKind.RowNumber or WindowKind.Rank or WindowKind.DenseRank
        or WindowKind.PercentRank or WindowKind.CumeDist or WindowKind.Tile;

    /// <summary>Whether it looks at which rows are equal in the order keys.</summary>
    public static bool UsesPeers(WindowKind kind) =>
        kind is WindowKind.Rank or WindowKind.DenseRank or WindowKind.PercentRank or WindowKind.CumeDist;

    public static bool IsFraction(WindowKind kind) => kind is WindowKind.PercentRank or WindowKind.CumeDist;
}
