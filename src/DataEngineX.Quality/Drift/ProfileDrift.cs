using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Compares profiles.</summary>
public static class ProfileDrift
{
    private const string Others = "…";

    /// <summary>The difference of a profile from a baseline.</summary>
    /// <param name="baseline">The profile compared with.</param>
    /// <param name="current">The profile compared.</param>
    /// <param name="options">Bins, bases, and what grades. <value>Default: null, the defaults.</value></param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static DriftReport Between(Profile baseline, Profile current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        if (options.Bins < 2)
            throw new ArgumentException($"{options.Bins} bins compare nothing; at least 2 are needed.", nameof(options));
        var columns = new List<ColumnDrift>();
        foreach (var before in baseline.Columns)
        {
            if (current.Find(before.Name) is { } after && AreComparable(before, after))
                columns.Add(Compare(before, after, options));
        }

        return new DriftReport(baseline.Rows, current.Rows, SchemaDrift.Between(SchemaColumn.Of(baseline), SchemaColumn.Of(current)), columns);
    }

    private static bool AreComparable(ColumnProfile before, ColumnProfile after) =>
        before.Numbers is not null ? after.Numbers is not null
        : before.Times is not null ? before.Type == after.Type
        : before.Kind == after.Kind;

    private static ColumnDrift Compare(ColumnProfile before, ColumnProfile after, DriftOptions options)
    {
        var drift = new ColumnDrift
        {
            Column = before.Name,
            Grade = DriftGrade.NotEvaluated,
            Reason = "there are too few values",
            NullShare = (before.NullShare, after.NullShare),
            Distinct = (before.Distinct, after.Distinct),
            Mean = (before.Numbers?.Mean, after.Numbers?.Mean),
        };
        var (left, right) = (before.State as FixedState, after.State as FixedState);
        var bins = left is not null && right is not null ? DriftBins.OfNumbers(left, right, options) : DriftBins.OfValues(before, after, options.Bins, Others);
        if (bins.Count > 0)
            drift = Measured(drift, bins, options);
        if (left is not null && right is not null && bins.Count > 0)
            drift = WithDistances(drift, left.Sorted(), right.Sorted());
        return Graded(drift, before, after, left, options);
    }

    private static ColumnDrift Measured(ColumnDrift drift, IReadOnlyList<DriftBin> bins, DriftOptions options)
    {
        double[] before = [.. bins.Select(b => b.Before)], after = [.. bins.Select(b => b.After)];
        return drift with
        {
            Bins = bins,
            PopulationStabilityIndex = DriftMeasures.PopulationStabilityIndex(before, after, options.Floor),
            JensenShannon = DriftMeasures.JensenShannonDistance(before, after, options.LogBase),
            Hellinger = DriftMeasures.Hellinger(before, after),
            ChiSquare = DriftMeasures.ChiSquareOfTwo(before, after, options.Correction),
        };
    }

    private static ColumnDrift WithDistances(ColumnDrift drift, WeightedValues before, WeightedValues after)
    {
        var distance = Distances.Kolmogorov(before, after);
        var size = (long)Math.Round((double)before.Count * after.Count / ((double)before.Count + after.Count), MidpointRounding.ToEven);
        var area = Distances.Wasserstein(before, after);
        return drift with
        {
            KolmogorovSmirnov = new TestResult(distance, KolmogorovTail.OfOneSample(size, distance)),
            Wasserstein = double.IsFinite(area) ? area : null,
        };
    }

    private static ColumnDrift Graded(ColumnDrift drift, ColumnProfile before, ColumnProfile after, FixedState? left, DriftOptions options)
    {
        if (Math.Min(before.Rows, after.Rows) < options.MinValues)
            return drift;
        var nulls = Math.Abs(drift.NullShare.After - drift.NullShare.Before);
        var byNulls = nulls >= 2 * options.NullShare ? DriftGrade.Detected : nulls >= options.NullShare ? DriftGrade.Possible : DriftGrade.None;
        var grade = byNulls;
        var reason = string.Create(CultureInfo.InvariantCulture, $"the share of nulls went from {drift.NullShare.Before:0.####} to {drift.NullShare.After:0.####}");
        if (Math.Min(before.Rows - before.Nulls, after.Rows - after.Nulls) < options.MinValues)
            return byNulls == DriftGrade.None ? drift : drift with { Grade = byNulls, Reason = reason };
        if (ValueOf(drift, left, options.Measure) is { } value)
        {
            var isP = options.Measure is DriftMeasure.KolmogorovSmirnovP or DriftMeasure.ChiSquareP;
            bool Reaches(double bound) => isP ? value <= bound : value >= bound;
            var byMeasure = Reaches(options.Detected) ? DriftGrade.Detected : Reaches(options.Possible) ? DriftGrade.Possible : DriftGrade.None;
            if (byMeasure >= byNulls)
                (grade, reason) = (byMeasure, string.Create(CultureInfo.InvariantCulture, $"{Name(options.Measure)} is {value:0.######}"));
        }
        else if (byNulls == DriftGrade.None)
        {
            return drift with { Reason = $"{Name(options.Measure)} does not apply to values of this kind" };
        }

        return drift with { Grade = grade, Reason = reason };
    }

    private static double? ValueOf(ColumnDrift drift, FixedState? before, DriftMeasure measure) => measure switch
    {
        DriftMeasure.PopulationStabilityIndex => drift.PopulationStabilityIndex,
        DriftMeasure.JensenShannon => drift.JensenShannon,
        DriftMeasure.Hellinger => drift.Hellinger,
        DriftMeasure.KolmogorovSmirnov => drift.KolmogorovSmirnov?.Statistic,
        DriftMeasure.KolmogorovSmirnovP => drift.KolmogorovSmirnov?.PValue,
        DriftMeasure.ChiSquareP => drift.ChiSquare?.PValue,
        _ => drift.Wasserstein is not { } area || before is null ? null
            : area == 0 ? 0
            : area / before.Moments.StandardDeviation is var share && double.IsNaN(share) ? double.PositiveInfinity : share,
    };

    private static string Name(DriftMeasure measure) => measure switch
    {
        DriftMeasure.PopulationStabilityIndex => "the population stability index",
        DriftMeasure.JensenShannon => "the Jensen-Shannon distance",
        DriftMeasure.Hellinger => "the Hellinger distance",
        DriftMeasure.KolmogorovSmirnov => "the Kolmogorov-Smirnov distance",
        DriftMeasure.KolmogorovSmirnovP => "the p-value of the Kolmogorov-Smirnov test",
        DriftMeasure.ChiSquareP => "the p-value of the chi-square test",
        _ => "the Wasserstein distance in standard deviations",
    };
}
