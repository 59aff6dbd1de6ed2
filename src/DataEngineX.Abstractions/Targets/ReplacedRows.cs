using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>Which rows of a target a run takes the place of, where these are not all.</summary>
public sealed record ReplacedRows
{
    private ReplacedRows()
    {
    }

    /// <summary>The condition that the rows satisfy, in the columns of the target, or null.</summary>
    public Expr? Condition { get; private init; }

    /// <summary>The keys that the rows have, or null. Its columns are columns of the target; null equals null.</summary>
    public RecordBatch? Keys { get; private init; }

    /// <summary>The rows that satisfy a condition; new rows must satisfy it too.</summary>
    /// <param name="condition">A condition on columns of the target.</param>
    public static ReplacedRows Where(Expr condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new ReplacedRows { Condition = condition };
    }

    /// <summary>The rows that have one of some keys; new rows must have one of them too.</summary>
    /// <param name="keys">A row for each key, in columns named and typed as those of the target. Borrowed by the target until its writer is disposed.</param>
    public static ReplacedRows WithKeys(RecordBatch keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new ReplacedRows { Keys = keys };
    }
}
