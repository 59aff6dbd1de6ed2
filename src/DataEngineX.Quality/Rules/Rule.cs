using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>What must hold for a column, for rows or for a whole dataset: described without data, bound to a schema, then run.</summary>
/// <remarks>
/// A rule of one's own derives from this class, names its columns and parameters, and returns a <see cref="BoundRule"/>;
/// most often <see cref="BoundRule.PerRow"/> is enough. Tolerance, row filter, severity, counts, samples, verdict and quarantine
/// come with the suite. A rule is immutable and serves any number of runs at once.
/// </remarks>
public abstract class Rule
{
    private string? _canonical;

    /// <summary>The name in verdicts, such as <c>between</c>; lower case, words joined by '_'.</summary>
    public abstract string Name { get; }

    /// <summary>The columns checked, in order. <value>Default: none, for a rule on the whole dataset.</value></summary>
    public virtual IReadOnlyList<string> Columns => [];

    /// <summary>Everything beside the columns that can change the verdict. <value>Default: nothing.</value></summary>
    public virtual IReadOnlyList<RuleParameter> Parameters => [];

    /// <summary>The names of the other datasets that the rule holds this one against. <value>Default: none.</value></summary>
    public virtual IReadOnlyList<string> References => [];

    /// <summary>What is expected, as a sentence without a full stop, such as <c>temp_c is between -90 and 60</c>.</summary>
    public abstract string Expectation { get; }

    /// <summary>The canonical text: equal for equal rules, part of the pipeline's fingerprint.</summary>
    public string Canonical => _canonical ??= WriteCanonical();

    /// <summary>Resolves columns and types.</summary>
    /// <param name="context">Binds expressions.</param>
    /// <param name="schema">The schema of the rows to check.</param>
    /// <exception cref="PlanException">A column is missing or its type does not fit; use <see cref="Ordinal"/> and <see cref="Unfit"/>.</exception>
    public abstract BoundRule Bind(BindContext context, Schema schema);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Canonical;

    /// <summary>The position of a column.</summary>
    /// <param name="schema">The schema of the rows to check.</param>
    /// <param name="column">The column, matched exactly.</param>
    /// <exception cref="PlanException">There is no such column; the message names those there are.</exception>
    protected int Ordinal(Schema schema, string column)
    {
        ArgumentNullException.ThrowIfNull(schema);
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, column, StringComparison.Ordinal))
                return i;
        }

        throw new PlanException($"Rule '{Name}': there is no column '{column}'; {ColumnsOf(schema)}.", CheckNode.OperatorName, column);
    }

    /// <summary>The columns there are, in words.</summary>
    internal static string ColumnsOf(Schema schema) =>
        schema.FieldsList.Count == 0 ? "the data has no columns" : $"there are {string.Join(", ", schema.FieldsList.Select(f => f.Name))}";

    /// <summary>The error for a rule that does not fit a column's type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reason">What does not fit and what to do, as a sentence.</param>
    protected PlanException Unfit(string column, string reason) =>
        new($"Rule '{Name}' on column '{column}': {reason}", CheckNode.OperatorName, column);

    private string WriteCanonical()
    {
        var columns = string.Join(", ", Columns.Select(CanonicalWriter.Quote));
        return $"({Name}{(Columns.Count == 0 ? "" : $" [{columns}]")}{string.Concat(Parameters.Select(p => $" {p.Name}={p.Json}"))})";
    }
}
