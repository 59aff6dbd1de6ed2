using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Finds what stands out in a profile.</summary>
internal static class ProfileAlerts
{
    private const int MostCategories = 50;

    public static IReadOnlyList<ProfileAlert> Of(Profile profile, ProfileAlertOptions options)
    {
        var alerts = new List<ProfileAlert>();
        if (profile.Rows == 0)
            return [new ProfileAlert(ProfileAlertKind.Empty, null, 0, "There are no rows.")];
        // An estimate tells of duplicates only where it is beyond chance.
        if (profile.DuplicateRows is > 0 and var copies
            && (profile.AreDuplicatesExact || copies > 4 * HyperLogLog.StandardError * (profile.Rows - copies)))
            Add(alerts, ProfileAlertKind.Duplicates, null, copies, $"{copies} of {profile.Rows} rows are copies of an earlier one.");
        foreach (var column in profile.Columns)
        {
            Missing(alerts, column, options);
            Values(alerts, column, options);
            if (column.Numbers is { } numbers)
                Numbers(alerts, column, numbers, options);
            if (column.Text is { } text && column.Kind == ValueKind.Text)
                Texts(alerts, column, text, options);
            if (column.Times?.InTheFuture is > 0 and var future)
                Add(alerts, ProfileAlertKind.InTheFuture, column, future, $"{future} values of '{column.Name}' lie in the future.");
        }

        foreach (var pair in profile.Pairs)
            Pair(alerts, pair, options);
        return alerts;
    }

    private static void Missing(List<ProfileAlert> alerts, ColumnProfile column, ProfileAlertOptions options)
    {
        if (column.Nulls == column.Rows)
            Add(alerts, ProfileAlertKind.AllMissing, column, 1, $"'{column.Name}' has no value in any row.");
        else if (column.NullShare > options.Missing)
            Add(alerts, ProfileAlertKind.Missing, column, column.NullShare, $"{Percent(column.NullShare)} of '{column.Name}' is missing.");
    }

    private static void Values(List<ProfileAlert> alerts, ColumnProfile column, ProfileAlertOptions options)
    {
        if (column.IsConstant)
        {
            Add(alerts, ProfileAlertKind.Constant, column, 1, $"'{column.Name}' has the same value in all rows.");
            return;
        }

        var values = column.Rows - column.Nulls;
        if (values < options.MinValues || column.DistinctTold is not ({ } distinct, var isExact))
            return;
        var unique = isExact ? distinct == values : Math.Abs(distinct - values) < 3 * HyperLogLog.StandardError * values && NoneIsFrequent(column);
        if (unique && column.Kind != ValueKind.Float)
            Add(alerts, ProfileAlertKind.AllUnique, column, distinct, $"Every value of '{column.Name}' {(isExact ? "is" : "seems to be")} there once.");
        if (column.Kind == ValueKind.Text && !unique && distinct > options.HighCardinality)
            Add(alerts, ProfileAlertKind.HighCardinality, column, distinct, $"'{column.Name}' has {distinct} distinct values.");
        if (column.Kind is ValueKind.Text or ValueKind.Boolean && column.IsDistinctExact && distinct is > 1 and <= MostCategories)
        {
            var imbalance = 1 - (Entropy(column) / Math.Log(distinct));
            if (imbalance > options.Imbalance)
                Add(alerts, ProfileAlertKind.Imbalance, column, imbalance, $"'{column.Name}' is nearly always '{column.TopValues(1)[0].Value}'.");
        }
    }

    /// <summary>A value whose lower bound is above one is certainly there twice.</summary>
    private static bool NoneIsFrequent(ColumnProfile column) => column.TopValues(1) is not [{ Count: > 1 }, ..];

    private static double Entropy(ColumnProfile column)
    {
        double values = column.Rows - column.Nulls;
        return -column.TopValues(MostCategories).Sum(v => v.Count / values * Math.Log(v.Count / values));
    }

    private static void Numbers(List<ProfileAlert> alerts, ColumnProfile column, NumberProfile numbers, ProfileAlertOptions options)
    {
        var odd = numbers.NaNs + numbers.PositiveInfinities + numbers.NegativeInfinities;
        if (odd > 0)
            Add(alerts, ProfileAlertKind.Infinite, column, odd, $"{odd} values of '{column.Name}' are infinite or no number.");
        if (numbers.Count < options.MinValues || column.Distinct <= 1)
            return;
        var zeros = (double)numbers.Zeros / numbers.Count;
        if (zeros > options.Zeros)
            Add(alerts, ProfileAlertKind.Zeros, column, zeros, $"{Percent(zeros)} of '{column.Name}' is zero.");
        if (numbers.Skewness is { } skewness && Math.Abs(skewness) > options.Skewness)
            Add(alerts, ProfileAlertKind.Skewed, column, skewness, $"'{column.Name}' has a skewness of {skewness.ToString("0.#", CultureInfo.InvariantCulture)}.");
        var uniform = UniformP(numbers, options);
        if (uniform > options.Uniform)
            Add(alerts, ProfileAlertKind.Uniform, column, uniform, $"'{column.Name}' is spread evenly.");
    }

    /// <summary>The p-value of a chi-square test of a histogram against even bins.</summary>
    private static double UniformP(NumberProfile numbers, ProfileAlertOptions options)
    {
        var bins = numbers.Histogram(10);
        if (bins.Count < 10 || numbers.Count < 5 * bins.Count || numbers.Count < options.MinValues)
            return 0;
        var expected = (double)numbers.Count / bins.Count;
        return Gamma.ChiSquareTail(bins.Sum(b => (b.Count - expected) * (b.Count - expected) / expected), bins.Count - 1);
    }

    private static void Texts(List<ProfileAlert> alerts, ColumnProfile column, TextProfile text, ProfileAlertOptions options)
    {
        var spaced = text.Blank + text.Padded;
        if (spaced > 0)
            Add(alerts, ProfileAlertKind.WhiteSpace, column, spaced, $"{spaced} values of '{column.Name}' have white space at an end, or nothing else.");
        if (text.SemanticType is { } type)
            Add(alerts, ProfileAlertKind.OtherType, column, text.Semantics[0].Share, $"{Percent(text.Semantics[0].Share)} of the text '{column.Name}' looks like {type}.");
        if (!column.IsDistinctExact || column.Distinct is not (> 1 and <= MostCategories))
            return;
        var names = column.TopValues(MostCategories).Select(v => v.Value).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = i + 1; j < names.Length; j++)
            {
                var likeness = Likeness.Of(names[i], names[j]);
                if (likeness > options.DirtyCategories)
                    Add(alerts, ProfileAlertKind.DirtyCategories, column, likeness, $"'{names[i]}' and '{names[j]}' of '{column.Name}' may be meant as one.");
            }
        }
    }

    private static void Pair(List<ProfileAlert> alerts, ColumnPair pair, ProfileAlertOptions options)
    {
        var (name, value) = pair.CramersV is { } v ? ("Cramér's V", v) : ("correlation", new[] { pair.Pearson ?? 0, pair.Spearman ?? 0 }.MaxBy(Math.Abs));
        if (Math.Abs(value) > options.Correlation)
        {
            alerts.Add(new ProfileAlert(
                ProfileAlertKind.HighCorrelation, pair.Left, value,
                $"'{pair.Left}' and '{pair.Right}' go together: {name} {value.ToString("0.00", CultureInfo.InvariantCulture)}."));
        }
    }

    private static void Add(List<ProfileAlert> alerts, ProfileAlertKind kind, ColumnProfile? column, double value, FormattableString message) =>
        alerts.Add(new ProfileAlert(kind, column?.Name, value, message.ToString(CultureInfo.InvariantCulture)));

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);
}
