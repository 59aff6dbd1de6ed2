using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Quantiles of a column lie between bounds. Exact: all values are held and sorted. Missing values are left out.</summary>
/// <remarks>Fits numbers; with <see cref="QuantileInterpolation.Nearest"/>, <c>Lower</c> and <c>Higher</c> dates and times too.</remarks>
public sealed class QuantilesRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="bands">The quantiles and their bounds, at least one.</param>
    /// <param name="interpolation">What a quantile between two values is. <value>Default: the nearer.</value></param>
    /// <exception cref="ArgumentException">There is no band, a quantile is not from 0 to 1, or bounds are crossed.</exception>
    public QuantilesRule(string column, IReadOnlyList<QuantileBand> bands, QuantileInterpolation interpolation = QuantileInterpolation.Nearest)
        : base(column)
    {
        ArgumentNullException.ThrowIfNull(bands);
        if (bands.Count == 0 || bands.FirstOrDefault(b => b.Quantile is not (>= 0 and <= 1)) is { } wrong)
            throw new ArgumentException($"quantiles on column '{column}' needs quantiles from 0 to 1.", nameof(bands));
        Bands = bands;
        Interpolation = interpolation;
        foreach (var band in bands)
            _ = new BoundPair(band.Min, band.Max).Checked(Name);
    }

    /// <summary>The quantiles and their bounds.</summary>
    public IReadOnlyList<QuantileBand> Bands { get; }

    /// <summary>What a quantile between two values is.</summary>
    public QuantileInterpolation Interpolation { get; }

    /// <inheritdoc/>
    public override string Name => "quantiles";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("quantiles", Bands.Select(b => b.Quantile)),
        RuleParameter.Of("ranges", Bands.Select(b => new[] { b.Min, b.Max })),
        RuleParameter.Of("interpolation", NameOf(Interpolation)),
    ];

    /// <inheritdoc/>
    public override string Expectation =>
        $"quantiles of {Column} are within bounds: {string.Join("; ", Bands.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Quantile} {new BoundPair(b.Min, b.Max)}")))}";

    internal static string NameOf(QuantileInterpolation interpolation) => interpolation switch
    {
        QuantileInterpolation.Nearest => "nearest",
        QuantileInterpolation.Linear => "linear",
        QuantileInterpolation.Lower => "lower",
        QuantileInterpolation.Higher => "higher",
        _ => "midpoint",
    };

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = Find(schema);
        if (column.Kind is ColumnKind.Other or ColumnKind.Text
            || (!column.IsNumber && column.Kind != ColumnKind.Null && Interpolation is QuantileInterpolation.Linear or QuantileInterpolation.Midpoint))
        {
            throw Unfit(Column, $"values of type {column.TypeName} have no {NameOf(Interpolation)} quantiles.");
        }

        var bounds = Bands.Select(b => column.IsNumber || column.Kind == ColumnKind.Null
            ? Bounds.OfNumber(new BoundPair(b.Min, b.Max), r => Unfit(Column, r))
            : Bounds.OfStored(new BoundPair(b.Min, b.Max), column, r => Unfit(Column, r))).ToArray();
        return column.Kind switch
        {
            ColumnKind.Long => Observation.Merging(c => new State<long>(this, column, bounds, c)),
            ColumnKind.Wide => Observation.Merging(c => new State<Int128>(this, column, bounds, c)),
            _ => Observation.Merging(c => new State<double>(this, column, bounds, c)),
        };
    }

    private sealed class State<T>(QuantilesRule rule, StoredColumn column, Bounds[] bounds, RuleContext context) : RankState<T>(column, context)
        where T : unmanaged, INumber<T>
    {
        public override Verdict Finish(Verdict counted)
        {
            var found = new (bool Holds, string Json)[bounds.Length];
            for (var i = 0; i < found.Length; i++)
                found[i] = Values.Count == 0 ? (false, "null") : Look(rule.Bands[i].Quantile, bounds[i]);
            return Observation.Verdict(
                counted,
                found.All(f => f.Holds),
                $"{{\"quantiles\": [{string.Join(", ", rule.Bands.Select(b => Observation.Number(b.Quantile)))}], \"values\": [{string.Join(", ", found.Select(f => f.Json))}]}}",
                new VerdictField("success_details", $"[{string.Join(", ", found.Select(f => f.Holds ? "true" : "false"))}]"));
        }

        private (bool Holds, string Json) Look(double quantile, Bounds within)
        {
            // NaN poisons every quantile.
            if (Values.HasNaN)
                return (within.Hold(double.NaN), Observation.Number(double.NaN));
            var position = quantile * (Values.Count - 1);
            var (low, high) = ((long)Math.Floor(position), (long)Math.Ceiling(position));
            if (rule.Interpolation is QuantileInterpolation.Linear or QuantileInterpolation.Midpoint)
            {
                var around = Values.Select([low, high]);
                var (first, last) = (Number(around[0]), Number(around[1]));
                var between = rule.Interpolation == QuantileInterpolation.Midpoint ? (first + last) / 2 : first + ((last - first) * (position - low));
                return (within.Hold(between), Observation.Number(between));
            }

            var whole = Values.Select([rule.Interpolation switch
            {
                QuantileInterpolation.Nearest => (long)Math.Round(position, MidpointRounding.ToEven),
                QuantileInterpolation.Lower => low,
                _ => high,
            }])[0];
            return IsNumber
                ? (within.Hold(Number(whole)), Observation.Number(Number(whole)))
                : (within.Hold(Int128.CreateChecked(whole)), Column.Json(whole));
        }
    }
}
