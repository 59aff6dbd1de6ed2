using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Pipelines;

/// <summary>Where a pipeline starts. The lambda that gets it runs once, at host start, and does no I/O.</summary>
public sealed class PipelineBuilder
{
    internal PipelineBuilder(string name) => Name = name;

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>Reads a table whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; each of its members must be a column of the table.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public ScanFlow<T> ReadTable<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(Layer layer, string name) =>
        new(new ScanNode(new TableSource(DatasetId.Table(layer, name), RowShape.SchemaOf<T>())));

    /// <summary>Reads a table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public ScanFlow ReadTable(Layer layer, string name) => Read(new TableSource(DatasetId.Table(layer, name)));

    /// <summary>Reads a version of a table whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; each of its members must be a column of the table.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="version">The version.</param>
    public ScanFlow<T> ReadTable<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(Layer layer, string name, long version) =>
        new(new ScanNode(new TableSource(DatasetId.Table(layer, name), RowShape.SchemaOf<T>()) { Version = version }));

    /// <summary>Reads a table, whose rows look like <typeparamref name="T"/>, as it was at a time.</summary>
    /// <typeparam name="T">The row type; each of its members must be a column of the table.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="asOf">The time.</param>
    public ScanFlow<T> ReadTable<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(Layer layer, string name, DateTimeOffset asOf) =>
        new(new ScanNode(new TableSource(DatasetId.Table(layer, name), RowShape.SchemaOf<T>()) { AsOf = asOf }));

    /// <summary>Reads a version of a table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="version">The version.</param>
    public ScanFlow ReadTable(Layer layer, string name, long version) => Read(new TableSource(DatasetId.Table(layer, name)) { Version = version });

    /// <summary>Reads a table as it was at a time.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="asOf">The time.</param>
    public ScanFlow ReadTable(Layer layer, string name, DateTimeOffset asOf) => Read(new TableSource(DatasetId.Table(layer, name)) { AsOf = asOf });

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source.</param>
    public ScanFlow Read(BatchSource source) => new(new ScanNode(source));

    /// <summary>Reads a source whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; its members name the columns used.</typeparam>
    /// <param name="source">The source.</param>
    public ScanFlow<T> Read<T>(BatchSource source) => new(new ScanNode(source));

    /// <summary>Reads rows held in memory.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="name">The name under which lineage knows the rows.</param>
    /// <param name="rows">The rows; not changed afterwards.</param>
    public ScanFlow<T> ReadRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string name, IReadOnlyList<T> rows) =>
        new(new ScanNode(new RowsSource<T>(name, rows)));

    /// <summary>Reads rows as they are produced, a batch at a time.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="name">The name under which cursor and lineage know the rows.</param>
    /// <param name="version">What changes when the rows do: a run of a version that was done changes nothing.</param>
    /// <param name="rows">Starts the rows anew; called once a run with what ends it.</param>
    public ScanFlow<T> ReadStream<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string name, string version, Func<CancellationToken, IAsyncEnumerable<T>> rows) => new(new ScanNode(new RowStreamSource<T>(name, version, rows)));

    /// <summary>Reads rows as they are produced, a batch at a time; their version is found out when a run is planned.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="name">The name under which cursor and lineage know the rows.</param>
    /// <param name="version">Tells the version, such as an id or time of the newest row.</param>
    /// <param name="rows">Starts the rows anew; called once a run with what ends it.</param>
    public ScanFlow<T> ReadStream<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string name, Func<CancellationToken, ValueTask<string>> version, Func<CancellationToken, IAsyncEnumerable<T>> rows) =>
        new(new ScanNode(new RowStreamSource<T>(name, version, rows)));
}
