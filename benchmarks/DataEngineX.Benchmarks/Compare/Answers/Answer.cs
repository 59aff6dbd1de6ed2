using System.Globalization;

namespace DataEngineX.Benchmarks.Compare.Answers;

/// <summary>
/// A digest of a result that does not depend on the order of rows and allows computed doubles to differ in their last digits:
/// a hash over the exact columns of every row, and for each column of doubles its sum, plain and weighted by its row's hash,
/// so that right values in wrong rows are seen.
/// </summary>
internal sealed class Answer(long rows, ulong exact, ulong order, IReadOnlyList<Answer.Total> totals)
{
    private const double Tolerance = 1e-9;

    public long Rows => rows;

    /// <summary>What differs from another answer; null when both are the same.</summary>
    public string? DifferenceFrom(Answer other)
    {
        if (rows != other.Rows)
            return string.Create(CultureInfo.InvariantCulture, $"{rows} rows instead of {other.Rows}");
        if (totals.Count != other.Totals.Count)
            return $"{totals.Count} columns of doubles instead of {other.Totals.Count}";
        if (exact != other.Exact)
            return "other keys, counts or whole numbers";
        if (order != other.Order)
            return "another order";
        for (var i = 0; i < totals.Count; i++)
        {
            var (mine, theirs) = (totals[i], other.Totals[i]);
            var room = Tolerance * Math.Max(1e-6, theirs.Magnitude);
            if (!(Math.Abs(mine.Sum - theirs.Sum) <= room && Math.Abs(mine.Weighted - theirs.Weighted) <= room))
                return string.Create(CultureInfo.InvariantCulture, $"column of doubles {i}: sums {mine.Sum} and {mine.Weighted} instead of {theirs.Sum} and {theirs.Weighted}");
        }

        return null;
    }

    /// <summary>The same with one thing wrong, to see that it is noticed.</summary>
    public Answer Spoiled() => new(rows, exact + 1, order, totals);

    private ulong Exact => exact;

    private ulong Order => order;

    private IReadOnlyList<Total> Totals => totals;

    /// <summary>Sums of one column of doubles.</summary>
    public readonly record struct Total(double Sum, double Weighted, double Magnitude);
}
