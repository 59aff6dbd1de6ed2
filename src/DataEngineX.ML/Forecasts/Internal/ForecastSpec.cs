using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.ML.Internal;

/// <summary>Where forecasts and actuals stand, and the flow that puts them side by side.</summary>
internal sealed record ForecastSpec
{
    /// <summary>The columns of <see cref="Flow"/>, in this order; the baselines follow.</summary>
    public const int KeyOrdinal = 0, ForOrdinal = 1, ValueOrdinal = 2, VersionOrdinal = 3, ActualOrdinal = 4, BaselineOrdinal = 5;

    public required string Model { get; init; }

    public required DatasetId Forecasts { get; init; }

    public required string Key { get; init; }

    public required string For { get; init; }

    public required string Value { get; init; }

    public required string Version { get; init; }

    public required KeyValuePair<string, string>[] Baselines { get; init; }

    public required DatasetId Actuals { get; init; }

    public required string ActualKey { get; init; }

    public required string ActualDate { get; init; }

    public required string ActualValue { get; init; }

    /// <summary>Every forecast with its actual, or null in its place.</summary>
    /// <param name="hasActuals">Whether the table of actuals exists; without it no actual is known.</param>
    public Flow Flow(bool hasActuals)
    {
        var number = DoubleType.Default;
        var forecasts = Pipelines.Flow.From(new TableSource(Forecasts)).Where(Col(Value).IsNotNull()).Select(
        [
            Col(Key).Cast(StringType.Default).As("key"),
            Col(For).Cast(Date32Type.Default).As("for"),
            Col(Value).Cast(number).As("value"),
            Col(Version).Cast(Int32Type.Default).As("version"),
            .. Baselines.Select((b, i) => Col(b.Value).Cast(number).As(BaselineName(i))),
        ]);
        var joined = hasActuals
            ? forecasts.Join(ActualRows(), ["key", "for"], JoinKind.Left)
            : forecasts.Derive(Lit(null).Cast(number).As("actual"));
        return joined.Select(["key", "for", "value", "version", "actual", .. Baselines.Select((_, i) => (NamedExpr)BaselineName(i))]);
    }

    private static string BaselineName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"baseline{index}");

    private Flow ActualRows() => Pipelines.Flow.From(new TableSource(Actuals)).Where(Col(ActualValue).IsNotNull()).Select(
        Col(ActualKey).Cast(StringType.Default).As("key"),
        Col(ActualDate).Cast(Date32Type.Default).As("for"),
        Col(ActualValue).Cast(DoubleType.Default).As("actual"));
}
