using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Sources;

/// <summary>Web services and databases as beginnings of pipelines.</summary>
public static class SourceFlows
{
    /// <summary>Reads JSON from a web service whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name under which cursor and lineage know it.</param>
    /// <param name="address">The first page.</param>
    /// <param name="options">Pages, headers, retries, limits. <value>Default: null, one page.</value></param>
    public static ScanFlow<T> ReadHttpJson<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, string name, Uri address, HttpJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new HttpJsonSource(name, address, RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads JSON from a web service.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name under which cursor and lineage know it.</param>
    /// <param name="address">The first page.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="options">Pages, headers, retries, limits. <value>Default: null, one page.</value></param>
    public static ScanFlow ReadHttpJson(this PipelineBuilder pipeline, string name, Uri address, Schema columns, HttpJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new HttpJsonSource(name, address, columns, options));
    }

    /// <summary>Reads what a web service answers, as it is, for <c>IngestInto</c> and a raw table.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name under which cursor, lineage and the rows know it.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="options">Headers, retries, limits. <value>Default: null, the defaults.</value></param>
    public static ScanFlow<ReceivedFile> ReadHttp(this PipelineBuilder pipeline, string name, Uri address, HttpJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<ReceivedFile>(new HttpAnswerSource(name, address, options));
    }

    /// <summary>Reads a table or view of a database whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; each member is a column.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name of the database, for cursor and lineage.</param>
    /// <param name="connect">Makes a connection, closed; called for each part read.</param>
    /// <param name="table">The table or view; a schema before it is set off by a point.</param>
    /// <param name="options">Key, chunks, snapshot, cursor. <value>Default: null, one statement for everything.</value></param>
    public static ScanFlow<T> ReadDatabase<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, string name, Func<IServiceProvider, DbConnection> connect, string table, DatabaseReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new DatabaseSource(name, connect, table, RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads a table or view of a database.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The name of the database, for cursor and lineage.</param>
    /// <param name="connect">Makes a connection, closed; called for each part read.</param>
    /// <param name="table">The table or view; a schema before it is set off by a point.</param>
    /// <param name="columns">The columns read. <value>Default: null, all, with the types that the database tells.</value></param>
    /// <param name="options">Key, chunks, snapshot, cursor. <value>Default: null, one statement for everything.</value></param>
    public static ScanFlow ReadDatabase(
        this PipelineBuilder pipeline,
        string name,
        Func<IServiceProvider, DbConnection> connect,
        string table,
        Schema? columns = null,
        DatabaseReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new DatabaseSource(name, connect, table, columns, options));
    }
}
