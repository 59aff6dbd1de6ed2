using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.ML;

/// <summary>
/// Reads which version of a model an alias points at: one row, or none while there is no such version. As the input of a pipeline it puts
/// the version into the run key, so that a new champion is work to do, and the model into the lineage.
/// </summary>
public sealed class ModelSource : BatchSource
{
    private const string NoVersion = "-";
    private readonly string _model;
    private readonly string _alias;

    /// <summary>Creates the source.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="alias">The alias, or a version's number. <value>Default: <c>champion</c>.</value></param>
    public ModelSource(string model, string alias = ModelAliases.Champion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alias);
        Dataset = DatasetId.Model(model);
        (_model, _alias) = (model, alias);
    }

    /// <summary>The columns: <c>model</c> (text) and <c>version</c> (32-bit integer).</summary>
    public static Schema Schema { get; } = new(
        [new Field("model", StringType.Default, nullable: false), new Field("version", Int32Type.Default, nullable: false)], null);

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("alias", _alias);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(Schema);

    /// <inheritdoc/>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var registry = data.Services.GetService(typeof(IModelRegistry)) as IModelRegistry
            ?? throw new DataEngineXException($"The model '{_model}' cannot be looked up: the host has no model registry. Call dex.AddModels().");
        var version = await registry.FindVersionAsync(_model, _alias, cancellationToken).ConfigureAwait(false);
        var position = version?.Version.ToString(CultureInfo.InvariantCulture) ?? NoVersion;
        return new InputVersion(Dataset, position, null, HasData: version is not null);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Input.Position == NoVersion)
            yield break;
        var version = int.Parse(request.Input.Position, CultureInfo.InvariantCulture);
        var columns = request.Schema.FieldsList.Select(IArrowArray (f) => f.Name == "model"
            ? new StringArray.Builder().Append(_model).Build(request.Context.Allocator)
            : new Int32Array.Builder().Append(version).Build(request.Context.Allocator));
        yield return new RecordBatch(request.Schema, columns, 1);
    }
}
