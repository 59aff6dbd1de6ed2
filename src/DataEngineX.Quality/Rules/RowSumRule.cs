using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The values of some columns of each row add up to a number: exactly for integers, as doubles otherwise. A missing value makes no sum.</summary>
public sealed class RowSumRule : SeveralColumnsRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The columns, numeric, at least one.</param>
    /// <param name="total">The sum.</param>
    /// <param name="ignored">The rows that are not checked. <value>Default: those in which all are missing.</value></param>
    public RowSumRule(IReadOnlyList<string> columns, object total, IgnoredRows ignored = IgnoredRows.AllMissing)
        : base(columns, 1, ignored)
    {
        ArgumentNullException.ThrowIfNull(total);
        if (!ExactNumber.TryRead(total, out _))
            throw new ArgumentException($"'{total}' is not a number that a sum can equal.", nameof(total));
        Total = total;
    }

    /// <summary>The sum.</summary>
    public object Total { get; }

    /// <inheritdoc/>
    public override string Name => "row_sum";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("total", Total), .. base.Parameters];

    /// <inheritdoc/>
    public override string Expectation => $"the sum of {List} is {RuleText.Of(Total)}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        foreach (var column in columns)
        {
            if (!column.IsNumber && column.Kind != ColumnKind.Null)
                throw Unfit(column.Name, $"it must be numeric, not {column.TypeName}.");
        }

        int[] ordinals = [.. columns.Select(c => c.Ordinal)];
        ExactNumber.TryRead(Total, out var exact);
        var number = Convert.ToDouble(Total, System.Globalization.CultureInfo.InvariantCulture);
        var whole = columns.All(c => c.Kind == ColumnKind.Long);
        return BoundRule.PerRow((batch, marks) =>
        {
            MissingRows.Skip(batch, ordinals, Ignored, marks);
            if (whole)
                Compare(batch, columns, marks, exact.IsInteger ? Int128.CreateSaturating(exact.Floor) : Int128.MinValue);
            else
                Compare(batch, columns, marks, number);
            foreach (var ordinal in ordinals)
                batch.MarkMissing(ordinal, marks, RowMark.Violates);
        });
    }

    private static void Compare<T>(RuleBatch batch, StoredColumn[] columns, Span<RowMark> marks, T total)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var sums = new T[marks.Length];
        foreach (var column in columns)
        {
            var values = column.Values<T>(batch, out var rented);
            var scale = T.CreateSaturating(Math.Pow(10, column.Scale));
            for (var i = 0; i < sums.Length; i++)
                sums[i] += column.Scale == 0 ? values[i] : values[i] / scale;
            StoredColumn.Return(rented);
        }

        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && sums[i] != total)
                marks[i] = RowMark.Violates;
        }
    }
}
