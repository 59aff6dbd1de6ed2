using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// Each text of a column can be read as a date or time: ISO 8601, or the usual ways of writing one in English (<c>1/2/2003</c>,
/// <c>3 Feb 2003 10:36 PM</c>). Missing values are not checked.
/// </summary>
public sealed class DateTextRule : ColumnRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, of text.</param>
    public DateTextRule(string column)
        : base(column)
    {
    }

    /// <inheritdoc/>
    public override string Name => "date_text";

    /// <inheritdoc/>
    public override string Expectation => $"{Column} can be read as a date";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema) => TextRows.Rule(FindText(schema).Ordinal, LooseDate.IsOne);
}
