using System.Diagnostics.CodeAnalysis;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse;

/// <summary>Delta tables by their folder as beginnings of pipelines, whoever wrote them and wherever on the local disk they lie. They are only read.</summary>
public static class DeltaFlows
{
    /// <summary>Reads the Delta table in a folder, whose rows look like <typeparamref name="T"/>; also what is new in it, or by key, as any table.</summary>
    /// <typeparam name="T">The row type; each of its members must be a column of the table.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The folder; a relative path is taken from the current folder, and a <c>file:</c> address is its path.</param>
    /// <param name="version">The version. <value>Default: null, the newest at each run.</value></param>
    /// <param name="asOf">The time whose newest version is read. <value>Default: null, the newest at each run.</value></param>
    /// <exception cref="ArgumentException">Both a version and a time are given.</exception>
    public static ScanFlow<T> ReadDelta<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this PipelineBuilder pipeline, string path, long? version = null, DateTimeOffset? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read<T>(Source(path, RowShape.SchemaOf<T>(), version, asOf));
    }

    /// <summary>Reads the Delta table in a folder; also what is new in it, or by key, as any table.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The folder; a relative path is taken from the current folder, and a <c>file:</c> address is its path.</param>
    /// <param name="version">The version. <value>Default: null, the newest at each run.</value></param>
    /// <param name="asOf">The time whose newest version is read. <value>Default: null, the newest at each run.</value></param>
    /// <exception cref="ArgumentException">Both a version and a time are given.</exception>
    public static ScanFlow ReadDelta(this PipelineBuilder pipeline, string path, long? version = null, DateTimeOffset? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Read(Source(path, null, version, asOf));
    }

    private static TableSource Source(string path, Apache.Arrow.Schema? declared, long? version, DateTimeOffset? asOf) => version is not null && asOf is not null
        ? throw new ArgumentException("A table is read at a version or at a time, not at both.", nameof(asOf))
        : new TableSource(DeltaFolderCatalog.IdOf(path), declared) { Catalog = new DeltaFolderCatalog(), Version = version, AsOf = asOf };
}
