using System.Linq.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The ends of pipelines.</summary>
public static partial class FlowTargets
{
    /// <summary>Ends in a target of any kind.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="target">The target.</param>
    public static PipelineEnd Into(this Flow flow, PipelineTarget target)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(target);
        return new PipelineEnd(flow.Node, target);
    }

    /// <summary>Ends in a target of any kind.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="target">The target.</param>
    public static PipelineEnd<T> Into<T>(this Flow<T> flow, PipelineTarget target)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(target);
        return new PipelineEnd<T>(flow.Node, target);
    }

    /// <summary>Appends to a table.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd AppendTo(this Flow flow, Layer layer, string name) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Append));

    /// <summary>Appends to a table.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd<T> AppendTo<T>(this Flow<T> flow, Layer layer, string name) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Append));

    /// <summary>Replaces all rows of a table.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd ReplaceTable(this Flow flow, Layer layer, string name) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Replace));

    /// <summary>Replaces all rows of a table.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd<T> ReplaceTable<T>(this Flow<T> flow, Layer layer, string name) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Replace));

    /// <summary>Inserts rows with a new key and replaces rows with a known one. The last row of a key wins.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd UpsertInto(this Flow flow, Layer layer, string name, params IReadOnlyList<string> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Upsert, key));

    /// <summary>Inserts rows with a new key and replaces rows with a known one. The last row of a key wins.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> UpsertInto<T, TKey>(this Flow<T> flow, Layer layer, string name, Expression<Func<T, TKey>> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Upsert, ColumnNames.Of(key)));
}
