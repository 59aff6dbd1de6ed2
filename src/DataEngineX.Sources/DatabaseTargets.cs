using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Sources;

/// <summary>Tables of databases as ends of pipelines: the words are those of the tables of the lakehouse, and so is what they mean.</summary>
public static class DatabaseTargets
{
    /// <summary>Appends to a table of a database.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    public static PipelineEnd AppendTo(this Flow flow, Database database, string table) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Append));

    /// <summary>Appends to a table of a database.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    public static PipelineEnd<T> AppendTo<T>(this Flow<T> flow, Database database, string table) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Append));

    /// <summary>Replaces all rows of a table of a database; readers see the old ones or the new ones.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    public static PipelineEnd ReplaceTable(this Flow flow, Database database, string table) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Replace));

    /// <summary>Replaces all rows of a table of a database; readers see the old ones or the new ones.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    public static PipelineEnd<T> ReplaceTable<T>(this Flow<T> flow, Database database, string table) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Replace));

    /// <summary>Replaces the rows of a table of a database for which a condition is true. A row of the flow for which it is not is an error naming the row.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="where">The condition: comparisons of columns with values.</param>
    public static PipelineEnd ReplaceWhere(this Flow flow, Database database, string table, Expr where) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Replace) { Where = where });

    /// <summary>Replaces the rows of a table of a database for which a condition is true. A row of the flow for which it is not is an error naming the row.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="where">The condition: comparisons of columns with values.</param>
    public static PipelineEnd<T> ReplaceWhere<T>(this Flow<T> flow, Database database, string table, Expression<Func<T, bool>> where) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Replace) { Where = LambdaTranslator.Translate(where) });

    /// <summary>Replaces all rows of a table of a database that have the values of a row of the flow in some columns; null is a value.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="partitions">The columns that tell which rows belong together, such as a date.</param>
    public static PipelineEnd ReplacePartitions(this Flow flow, Database database, string table, params IReadOnlyList<string> partitions) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.ReplacePartition, partitions));

    /// <summary>Replaces all rows of a table of a database that have the values of a row of the flow in some columns; null is a value.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The type of the columns.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="partitions">The columns that tell which rows belong together: one, or several as <c>new { r.A, r.B }</c>.</param>
    public static PipelineEnd<T> ReplacePartitions<T, TKey>(this Flow<T> flow, Database database, string table, Expression<Func<T, TKey>> partitions) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.ReplacePartition, ColumnNames.Of(partitions)));

    /// <summary>Inserts rows with a new key into a table of a database and updates those with a known one that differ. The last row of a key wins.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd UpsertInto(this Flow flow, Database database, string table, params IReadOnlyList<string> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Upsert, key));

    /// <summary>Inserts rows with a new key into a table of a database and updates those with a known one that differ. The last row of a key wins.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> UpsertInto<T, TKey>(this Flow<T> flow, Database database, string table, Expression<Func<T, TKey>> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.Upsert, ColumnNames.Of(key)));

    /// <summary>Deletes rows of a table of a database with a key of a row of the flow, then inserts all rows of the flow, several of one key too.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd DeleteInsertInto(this Flow flow, Database database, string table, params IReadOnlyList<string> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.DeleteInsert, key));

    /// <summary>Deletes rows of a table of a database with a key of a row of the flow, then inserts all rows of the flow, several of one key too.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> DeleteInsertInto<T, TKey>(this Flow<T> flow, Database database, string table, Expression<Func<T, TKey>> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.DeleteInsert, ColumnNames.Of(key)));

    /// <summary>Inserts rows into a table of a database whose key is not there yet; what is there stays. The first row of a key wins.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    public static PipelineEnd InsertOnlyInto(this Flow flow, Database database, string table, params IReadOnlyList<string> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.InsertOnly, key));

    /// <summary>Inserts rows into a table of a database whose key is not there yet; what is there stays. The first row of a key wins.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    public static PipelineEnd<T> InsertOnlyInto<T, TKey>(this Flow<T> flow, Database database, string table, Expression<Func<T, TKey>> key) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.InsertOnly, ColumnNames.Of(key)));

    /// <summary>Keeps all states of each key in a table of a database with the span in which each held (slowly changing dimension, type 2). States may arrive late and more than once.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">The key columns; never null in any row.</param>
    /// <param name="columns">The columns of the spans. <value>Default: null, those of <see cref="HistoryColumns"/>.</value></param>
    public static PipelineEnd HistoryInto(this Flow flow, Database database, string table, IReadOnlyList<string> key, HistoryColumns? columns = null) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.History, key) { History = columns ?? new HistoryColumns() });

    /// <summary>Keeps all states of each key in a table of a database with the span in which each held (slowly changing dimension, type 2). States may arrive late and more than once.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TTime">The type of the time.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. It is made when it is not there.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>; never null in any row.</param>
    /// <param name="validFrom">The time from which the state holds; never null in any row.</param>
    public static PipelineEnd<T> HistoryInto<T, TKey, TTime>(
        this Flow<T> flow, Database database, string table, Expression<Func<T, TKey>> key, Expression<Func<T, TTime>> validFrom) =>
        flow.Into(new DatabaseTarget(database, table, WriteDisposition.History, ColumnNames.Of(key))
        {
            History = new HistoryColumns(ColumnNames.Of(validFrom)[0]),
        });
}
