using Apache.Arrow;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Replaces a file of JSON lines of the local disk with the rows of each run, at once: readers see the old file or the new one.</summary>
public sealed class JsonFileTarget : PipelineTarget
{
    private readonly TextFileTarget _file;
    private readonly TextCompression _compression;

    /// <summary>Creates the target.</summary>
    /// <param name="path">The file; relative paths are taken from the current folder, missing folders are made.</param>
    /// <param name="compression">How it is compressed. <value>Default: as the end of its name says.</value></param>
    public JsonFileTarget(string path, TextCompression compression = TextCompression.ByName)
    {
        _compression = compression;
        _file = new TextFileTarget(path, compression);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _file.Dataset;

    /// <inheritdoc/>
    public override string Disposition => "replace";

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "json_lines").Field("compression", _compression.ToString());
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        TextTargets.Check(flow, Disposition, static schema => new JsonEncoder(schema));
        return flow;
    }

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_file.LastCommit(pipeline));

    /// <inheritdoc/>
    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ValueTask.FromResult(_file.Open(request, new JsonEncoder(request.Schema)));
    }
}
