using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>The difference of two profiles.</summary>
/// <param name="RowsBefore">The rows of the baseline.</param>
/// <param name="RowsAfter">The rows compared.</param>
/// <param name="Schema">The changes of the schema.</param>
/// <param name="Columns">The columns that both have with values of one kind, in the order of the baseline.</param>
public sealed record DriftReport(long RowsBefore, long RowsAfter, IReadOnlyList<SchemaChange> Schema, IReadOnlyList<ColumnDrift> Columns)
{
    /// <summary>The worst grade of all columns.</summary>
    public DriftGrade Grade => Columns.Count == 0 ? DriftGrade.NotEvaluated : Columns.Max(c => c.Grade);

    /// <summary>A column by its name, or null.</summary>
    /// <param name="name">The column.</param>
    public ColumnDrift? Find(string name) => Columns.FirstOrDefault(c => c.Column == name);

    /// <summary>
    /// The report as verdicts, one a column and one for the schema: drift that is detected fails with the severity given, drift that is possible
    /// as a warning; too few values are not-evaluated. Breaking changes of the schema fail.
    /// </summary>
    /// <param name="severity">The severity of drift that is detected. <value>Default: <see cref="Severity.Error"/>.</value></param>
    public IReadOnlyList<Verdict> ToVerdicts(Severity severity = Severity.Error) =>
        [SchemaDrift.VerdictOf(Schema, severity), .. Columns.Select(c => VerdictOf(c, severity))];

    /// <summary>The report for reading.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{RowsBefore} rows before, {RowsAfter} after: {Grade}");
        foreach (var change in Schema)
            text.Append('\n').Append("schema: ").Append(change);
        foreach (var column in Columns)
            text.Append('\n').Append(column);
        return text.ToString();
    }

    private static Verdict VerdictOf(ColumnDrift column, Severity severity) => new()
    {
        Rule = "drift",
        Column = column.Column,
        Columns = [column.Column],
        Expectation = $"{column.Column} is distributed as in the baseline",
        Outcome = column.Grade switch
        {
            DriftGrade.NotEvaluated => VerdictOutcome.NotEvaluated,
            DriftGrade.None => VerdictOutcome.Pass,
            _ => VerdictOutcome.Fail,
        },
        Severity = column.Grade == DriftGrade.Possible && severity > Severity.Warning ? Severity.Warning : severity,
        Checked = column.Grade == DriftGrade.NotEvaluated ? 0 : 1,
        Failed = column.Grade is DriftGrade.Possible or DriftGrade.Detected ? 1 : 0,
        Observed = column.Reason,
    };
}
