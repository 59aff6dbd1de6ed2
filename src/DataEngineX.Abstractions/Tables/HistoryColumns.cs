using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>The columns by which a table keeps the history of its keys.</summary>
/// <param name="ValidFrom">The time from which a state holds. Rows written have it, or get the time at which the run started.</param>
public sealed record HistoryColumns(string ValidFrom = "valid_from")
{
    /// <summary>The time at which the next state of the key begins; null for the state that holds now. <value>Default: <c>valid_to</c>.</value></summary>
    public string ValidTo { get; init; } = "valid_to";

    /// <summary>Whether the state holds now. <value>Default: <c>is_current</c>.</value></summary>
    public string IsCurrent { get; init; } = "is_current";

    /// <summary>
    /// Whether a state equal to the one before it becomes a row of its own. Then the table is the same in whatever order states arrive; else such a
    /// state leaves no trace, and one that arrives late between the two is taken to hold until the next state that is kept.
    /// <value>Default: false, it is folded into the one before it.</value>
    /// </summary>
    public bool KeepsRepeats { get; init; }

    /// <summary>The columns of the table that keeps the history of rows.</summary>
    /// <param name="rows">The columns of the rows, which may have <see cref="ValidFrom"/>.</param>
    /// <exception cref="PlanException">The rows have a column that the table keeps the spans in.</exception>
    public Schema SchemaOf(Schema rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.FieldsList.FirstOrDefault(f => f.Name == ValidTo || f.Name == IsCurrent) is { } taken)
            throw new PlanException($"The column '{taken.Name}' is worked out by the history and cannot be written.", column: taken.Name);
        var from = rows.FieldsList.FirstOrDefault(f => f.Name == ValidFrom);
        var type = from?.DataType ?? ArrowTypes.TimestampUtc;
        return new Schema(
            [
                .. rows.FieldsList.Select(f => f.Name == ValidFrom ? new Field(f.Name, type, nullable: false) : f),
                .. from is null ? [new Field(ValidFrom, type, nullable: false)] : System.Array.Empty<Field>(),
                new Field(ValidTo, type, nullable: true),
                new Field(IsCurrent, BooleanType.Default, nullable: false),
            ],
            null);
    }
}
