using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse;

/// <summary>Files as beginnings and raw tables as ends of pipelines.</summary>
public static class LakehouseFlows
{
    /// <summary>Reads the files of a folder, one row each. Usually followed by <c>Incremental()</c>, then by <c>IngestInto</c>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="folder">The folder; where it is missing there are no files.</param>
    /// <param name="pattern">Which files, such as <c>*.csv</c>. <value>Default: all.</value></param>
    /// <param name="name">The name under which cursor and lineage know the folder. <value>Default: the folder's own name.</value></param>
    public static ScanFlow<ReceivedFile> ReadFolder(this PipelineBuilder pipeline, string folder, string pattern = "*", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<ReceivedFile>(new FileFolderSource(folder, pattern, name));
    }

    /// <summary>Reads the objects of a raw table as CSV files whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; file and line of each row are the columns <c>_file</c> and <c>_line</c>.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow<T> ReadCsvObjects<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, Layer layer, string name, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new CsvObjectsSource(DatasetId.Table(layer, name), RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads the objects of a raw table as CSV files.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="columns">The columns of the files.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow ReadCsvObjects(this PipelineBuilder pipeline, Layer layer, string name, Schema columns, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new CsvObjectsSource(DatasetId.Table(layer, name), columns, options));
    }

    /// <summary>Reads CSV files of the local disk whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; file and line of each row are the columns <c>_file</c> and <c>_line</c>.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow<T> ReadCsv<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, string path, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new CsvFileSource(path, RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads CSV files of the local disk.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="columns">The columns of the files.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow ReadCsv(this PipelineBuilder pipeline, string path, Schema columns, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new CsvFileSource(path, columns, options));
    }

    /// <summary>Reads CSV files of the local disk as <see cref="CsvSniffer"/> finds the first of them written.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="options">What is known: compression, encoding and limits.</param>
    public static ScanFlow ReadCsv(this PipelineBuilder pipeline, string path, CsvReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new CsvFileSource(path, options));
    }

    /// <summary>Reads files of JSON lines of the local disk whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; file and line of each row are the columns <c>_file</c> and <c>_line</c>.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow<T> ReadJsonLines<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, string path, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new JsonFileSource(path, RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads files of JSON lines of the local disk.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="columns">The columns of the files. <value>Default: null, those that <see cref="JsonSniffer"/> finds in the first file.</value></param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow ReadJsonLines(this PipelineBuilder pipeline, string path, Schema? columns = null, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new JsonFileSource(path, columns, options));
    }

    /// <summary>Reads the objects of a raw table as files of JSON lines whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; file and line of each row are the columns <c>_file</c> and <c>_line</c>.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow<T> ReadJsonObjects<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, Layer layer, string name, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new JsonObjectsSource(DatasetId.Table(layer, name), RowShape.SchemaOf<T>(), options));
    }

    /// <summary>Reads the objects of a raw table as files of JSON lines.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="columns">The columns of the files.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow ReadJsonObjects(this PipelineBuilder pipeline, Layer layer, string name, Schema columns, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new JsonObjectsSource(DatasetId.Table(layer, name), columns, options));
    }

    /// <summary>Replaces a CSV file of the local disk.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file; compressed as the end of its name says.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd ReplaceCsv(this Flow flow, string path, CsvWriteOptions? options = null) => flow.Into(new CsvFileTarget(path, options));

    /// <summary>Replaces a CSV file of the local disk.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file; compressed as the end of its name says.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd<T> ReplaceCsv<T>(this Flow<T> flow, string path, CsvWriteOptions? options = null) => flow.Into(new CsvFileTarget(path, options));

    /// <summary>Replaces a file of JSON lines of the local disk.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file; compressed as the end of its name says.</param>
    public static PipelineEnd ReplaceJsonLines(this Flow flow, string path) => flow.Into(new JsonFileTarget(path));

    /// <summary>Replaces a file of JSON lines of the local disk.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file; compressed as the end of its name says.</param>
    public static PipelineEnd<T> ReplaceJsonLines<T>(this Flow<T> flow, string path) => flow.Into(new JsonFileTarget(path));

    /// <summary>Keeps received files as they are, each distinct content once.</summary>
    /// <param name="flow">Rows as of <see cref="ReceivedFile"/>.</param>
    /// <param name="layer">The layer, usually raw.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd IngestInto(this Flow flow, Layer layer, string name) => flow.Into(new ObjectsTarget(DatasetId.Table(layer, name)));

    /// <summary>Keeps received files as they are, each distinct content once.</summary>
    /// <param name="flow">Rows as of <see cref="ReceivedFile"/>.</param>
    /// <param name="layer">The layer, usually raw.</param>
    /// <param name="name">The table's name.</param>
    public static PipelineEnd<ReceivedFile> IngestInto(this Flow<ReceivedFile> flow, Layer layer, string name) =>
        flow.Into(new ObjectsTarget(DatasetId.Table(layer, name)));
}
