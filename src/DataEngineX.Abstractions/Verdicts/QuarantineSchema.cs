using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX;

/// <summary>The one schema of all quarantine tables, so that a changed pipeline never changes its quarantine.</summary>
public static class QuarantineSchema
{
    /// <summary>The operator that set the row aside, such as <c>check</c> or <c>read_csv</c>.</summary>
    public const string Operator = "operator";

    /// <summary>The file the row came from, when known.</summary>
    public const string File = "file";

    /// <summary>The 1-based line in that file, when known.</summary>
    public const string Line = "line";

    /// <summary>The first rule violated.</summary>
    public const string Rule = "rule";

    /// <summary>The column of that rule, when it has one.</summary>
    public const string Column = "column";

    /// <summary>The offending value as text.</summary>
    public const string Value = "value";

    /// <summary>Why, in one sentence.</summary>
    public const string Reason = "reason";

    /// <summary>All violations: a JSON array of objects with rule, column, value and reason. That of a row which a reader refused tells its source and header too.</summary>
    public const string Violations = "violations";

    /// <summary>The member of a violation that names the dataset whose reader refused the row.</summary>
    public const string ViolationSource = "source";

    /// <summary>The member of a violation that lists the names of the fields of the row, where its file had them.</summary>
    public const string ViolationHeader = "header";

    /// <summary>The member of a violation that says that the text of the row is not whole.</summary>
    public const string ViolationCut = "cut";

    /// <summary>The whole row as a JSON object, or the raw text of a line that could not be read.</summary>
    public const string Row = "row";

    /// <summary>The columns in order; all text but the line, all nullable but operator, rule and reason.</summary>
    public static Schema Schema { get; } = new(
    [
        new Field(Operator, StringType.Default, nullable: false),
        new Field(File, StringType.Default, nullable: true),
        new Field(Line, Int64Type.Default, nullable: true),
        new Field(Rule, StringType.Default, nullable: false),
        new Field(Column, StringType.Default, nullable: true),
        new Field(Value, StringType.Default, nullable: true),
        new Field(Reason, StringType.Default, nullable: false),
        new Field(Violations, StringType.Default, nullable: true),
        new Field(Row, StringType.Default, nullable: true),
    ], null);
}
