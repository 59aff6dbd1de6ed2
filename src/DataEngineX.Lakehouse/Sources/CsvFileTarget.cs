using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Replaces a CSV file of the local disk with the rows of each run, at once: readers see the old file or the new one.</summary>
public sealed class CsvFileTarget : PipelineTarget
{
    private readonly TextFileTarget _file;
    private readonly CsvWriteOptions _options;

    /// <summary>Creates the target.</summary>
    /// <param name="path">The file; relative paths are taken from the current folder, missing folders are made.</param>
    /// <param name="options">How it is written. <value>Default: null, the defaults.</value></param>
    public CsvFileTarget(string path, CsvWriteOptions? options = null)
    {
        _options = options ?? new CsvWriteOptions();
        _file = new TextFileTarget(path, _options.Compression);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset => _file.Dataset;

    /// <inheritdoc/>
    public override string Disposition => "replace";

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "csv").Field("separator", _options.Separator.ToString()).Field("new_line", CanonicalWriter.Quote(_options.NewLine))
            .Field("null_text", CanonicalWriter.Quote(_options.NullText)).Field("compression", _options.Compression.ToString()).Flag("no_header", !_options.Header);
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        TextTargets.Check(flow, Disposition, schema => new CsvEncoder(schema, _options));
        return flow;
    }

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_file.LastCommit(pipeline));

    /// <inheritdoc/>
    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ValueTask.FromResult(_file.Open(request, new CsvEncoder(request.Schema, _options)));
    }
}
