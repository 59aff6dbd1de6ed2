using System.Linq.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse;

/// <summary>Folders of files as ends of pipelines.</summary>
public static class FolderFlows
{
    /// <summary>Adds files to a folder.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    public static PipelineEnd AppendTo(this Flow flow, FileFolder folder) => flow.Into(new FolderTarget(folder, WriteDisposition.Append));

    /// <summary>Adds files to a folder.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    public static PipelineEnd<T> AppendTo<T>(this Flow<T> flow, FileFolder folder) => flow.Into(new FolderTarget(folder, WriteDisposition.Append));

    /// <summary>Replaces the files of a folder that pipelines have put there.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    public static PipelineEnd ReplaceFolder(this Flow flow, FileFolder folder) => flow.Into(new FolderTarget(folder, WriteDisposition.Replace));

    /// <summary>Replaces the files of a folder that pipelines have put there.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    public static PipelineEnd<T> ReplaceFolder<T>(this Flow<T> flow, FileFolder folder) => flow.Into(new FolderTarget(folder, WriteDisposition.Replace));

    /// <summary>Replaces the files of the partitions that rows of the flow belong to; each partition is a folder named <c>column=value</c>.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    /// <param name="partitions">The columns that tell partitions, such as a date; null is a value, and the empty text is null.</param>
    public static PipelineEnd ReplacePartitions(this Flow flow, FileFolder folder, params IReadOnlyList<string> partitions) =>
        flow.Into(new FolderTarget(folder, WriteDisposition.ReplacePartition, partitions));

    /// <summary>Replaces the files of the partitions that rows of the flow belong to; each partition is a folder named <c>column=value</c>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TKey">The type of the columns.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="folder">The folder and what its files are.</param>
    /// <param name="partitions">The columns that tell partitions: one, or several as <c>new { r.A, r.B }</c>; null is a value, and the empty text is null.</param>
    public static PipelineEnd<T> ReplacePartitions<T, TKey>(this Flow<T> flow, FileFolder folder, Expression<Func<T, TKey>> partitions) =>
        flow.Into(new FolderTarget(folder, WriteDisposition.ReplacePartition, ColumnNames.Of(partitions)));
}
