using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>One write: what comes, where it goes and by which disposition.</summary>
/// <param name="Target">The target.</param>
/// <param name="Flow">The columns that come, without dictionaries.</param>
/// <param name="Request">The write as asked for.</param>
/// <param name="Where">Which rows a replacement replaces; null for all.</param>
/// <param name="Sequence">The column by which an upsert tells the newest row; null for the last.</param>
internal sealed record DatabaseWrite(DatabaseTarget Target, Schema Flow, TargetRequest Request, Expr? Where, string? Sequence)
{
    internal DatasetId Dataset => Target.Dataset;

    internal WriteDisposition Disposition => Target.WriteDisposition;

    internal HistoryColumns History => Target.History;

    /// <summary>The columns of the table.</summary>
    internal Schema Table { get; } = Target.WriteDisposition == WriteDisposition.History ? Target.History.SchemaOf(Flow) : Flow;

    /// <summary>The columns by which a row of the run is told from others of it: never null but for partitions.</summary>
    internal IReadOnlyList<string> Identity => Disposition == WriteDisposition.History ? [.. Target.KeyColumns, History.ValidFrom] : Target.KeyColumns;

    /// <summary>The columns of <see cref="Identity"/> that come and may not be null.</summary>
    internal IReadOnlyList<string> NeverNull => Disposition == WriteDisposition.ReplacePartition ? [] : [.. Identity.Where(c => Flow.FieldsList.Any(f => f.Name == c))];

    /// <summary>The columns by which a table that the write makes has one row each.</summary>
    internal IReadOnlyList<string> UniqueKey => Disposition is WriteDisposition.Upsert or WriteDisposition.InsertOnly or WriteDisposition.History ? Identity : [];

    /// <summary>How the columns of the table may change.</summary>
    internal SchemaEvolution Evolution => Target.Evolution | Request.Evolution;
}
