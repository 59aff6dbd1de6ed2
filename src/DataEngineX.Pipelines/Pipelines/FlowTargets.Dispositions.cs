using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <content>Ends that change rows which are there.</content>
public static partial class FlowTargets
{
    /// <summary>Replaces the rows of a table for which a condition is true. A row of the flow for which it is not is an error naming the row.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="where">The condition, over columns of the table.</param>
    public static PipelineEnd ReplaceWhere(this Flow flow, Layer layer, string name, Expr where) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Replace) { Where = where });

    /// <summary>Replaces the rows of a table for which a condition is true. A row of the flow for which it is not is an error naming the row.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="where">The condition.</param>
    public static PipelineEnd<T> ReplaceWhere<T>(this Flow<T> flow, Layer layer, string name, Expression<Func<T, bool>> where) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Replace) { Where = LambdaTranslator.Translate(where) });

    /// <summary>Replaces all rows of a table that have the values of a row of the flow in some columns; null is a value.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="partitions">The columns that tell which rows belong together, such as a date.</param>
    public static PipelineEnd ReplacePartitions(this Flow flow, Layer layer, string name, params IReadOnlyList<string> partitions) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.ReplacePartition, partitions));

    /// <summary>Replaces all rows of a table that have the values of a row of the flow in some columns; null is a value.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The type of the columns.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="partitions">The columns that tell which rows belong together: one, or several as <c>new { r.A, r.B }</c>.</param>
    public static PipelineEnd<T> ReplacePartitions<T, TKey>(this Flow<T> flow, Layer layer, string name, Expression<Func<T, TKey>> partitions) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.ReplacePartition, ColumnNames.Of(partitions)));

    /// <summary>Deletes rows with a key of a row of the flow, then inserts all rows of the flow, several of one key too.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd DeleteInsertInto(this Flow flow, Layer layer, string name, params IReadOnlyList<string> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.DeleteInsert, key));

    /// <summary>Deletes rows with a key of a row of the flow, then inserts all rows of the flow, several of one key too.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> DeleteInsertInto<T, TKey>(this Flow<T> flow, Layer layer, string name, Expression<Func<T, TKey>> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.DeleteInsert, ColumnNames.Of(key)));

    /// <summary>Inserts rows whose key is not there yet; what is there stays. The first row of a key wins.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd InsertOnlyInto(this Flow flow, Layer layer, string name, params IReadOnlyList<string> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.InsertOnly, key));

    /// <summary>Inserts rows whose key is not there yet; what is there stays. The first row of a key wins.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> InsertOnlyInto<T, TKey>(this Flow<T> flow, Layer layer, string name, Expression<Func<T, TKey>> key) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.InsertOnly, ColumnNames.Of(key)));

    /// <summary>Keeps all states of each key with the span in which each held (slowly changing dimension, type 2). States may arrive late and more than once.</summary>
    /// <param name="flow">The flow: each row is the state of its key from a time on.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    /// <param name="columns">The columns of the spans. <value>Default: null, those of <see cref="HistoryColumns"/>.</value></param>
    public static PipelineEnd HistoryInto(this Flow flow, Layer layer, string name, IReadOnlyList<string> key, HistoryColumns? columns = null) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.History, key) { History = columns ?? new HistoryColumns() });

    /// <summary>Keeps all states of each key with the span in which each held (slowly changing dimension, type 2). States may arrive late and more than once.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TTime">The type of the time.</typeparam>
    /// <param name="flow">The flow: each row is the state of its key from a time on.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    /// <param name="validFrom">The time from which the state holds; never null in any row.</param>
    public static PipelineEnd<T> HistoryInto<T, TKey, TTime>(
        this Flow<T> flow, Layer layer, string name, Expression<Func<T, TKey>> key, Expression<Func<T, TTime>> validFrom) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.History, ColumnNames.Of(key))
        {
            History = new HistoryColumns(ColumnNames.Of(validFrom)[0]),
        });

    /// <summary>Changes a table by the rows of the flow with equal keys.</summary>
    /// <param name="flow">The flow; several rows with the key of one row of the table are an error naming the key.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="key">Columns that both have.</param>
    /// <param name="clauses">What happens to which rows.</param>
    public static PipelineEnd MergeInto(this Flow flow, Layer layer, string name, IReadOnlyList<string> key, IReadOnlyList<MergeClause> clauses) =>
        flow.Into(new TableTarget(DatasetId.Table(layer, name), WriteDisposition.Merge, key) { Clauses = clauses });
}
