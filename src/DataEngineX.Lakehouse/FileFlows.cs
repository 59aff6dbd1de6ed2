using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse;

/// <summary>Parquet and Arrow IPC files as beginnings and ends of pipelines.</summary>
public static class FileFlows
{
    /// <summary>Reads Parquet files of the local disk whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow<T> ReadParquet<T>(this PipelineBuilder pipeline, string path, ParquetScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new ParquetFileSource(path, options));
    }

    /// <summary>Reads Parquet files of the local disk.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    /// <param name="options">How the files are read.</param>
    public static ScanFlow ReadParquet(this PipelineBuilder pipeline, string path, ParquetScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new ParquetFileSource(path, options));
    }

    /// <summary>Reads Arrow IPC files of the local disk, in the file or the stream format, whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    public static ScanFlow<T> ReadIpc<T>(this PipelineBuilder pipeline, string path)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(new IpcFileSource(path));
    }

    /// <summary>Reads Arrow IPC files of the local disk, in the file or the stream format.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">A file, or several when '*' or '?' stand in the last part of the path.</param>
    public static ScanFlow ReadIpc(this PipelineBuilder pipeline, string path)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(new IpcFileSource(path));
    }

    /// <summary>Replaces a Parquet file of the local disk.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd ReplaceParquet(this Flow flow, string path, ParquetWriteOptions? options = null) =>
        flow.Into(new ParquetFileTarget(path, options));

    /// <summary>Replaces a Parquet file of the local disk.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd<T> ReplaceParquet<T>(this Flow<T> flow, string path, ParquetWriteOptions? options = null) =>
        flow.Into(new ParquetFileTarget(path, options));

    /// <summary>Replaces an Arrow IPC file of the local disk.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd ReplaceIpc(this Flow flow, string path, IpcWriteOptions? options = null) => flow.Into(new IpcFileTarget(path, options));

    /// <summary>Replaces an Arrow IPC file of the local disk.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    public static PipelineEnd<T> ReplaceIpc<T>(this Flow<T> flow, string path, IpcWriteOptions? options = null) =>
        flow.Into(new IpcFileTarget(path, options));
}
