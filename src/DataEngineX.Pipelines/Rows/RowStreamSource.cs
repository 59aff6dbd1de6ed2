using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Reads rows as they are produced, a batch at a time: no more than one batch of rows is held, and nothing is asked of the producer while the
/// pipeline has not taken the last batch. Its version is what the caller says: rows of the same version are read once.
/// </summary>
/// <typeparam name="T">The row type.</typeparam>
public sealed class RowStreamSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T> : BatchSource
{
    /// <summary>The namespace of streams of rows.</summary>
    public const string Namespace = "stream";

    private readonly string? _fixed;
    private readonly Func<CancellationToken, ValueTask<string>> _version;
    private readonly Func<CancellationToken, IAsyncEnumerable<T>> _rows;

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name under which cursor and lineage know the rows.</param>
    /// <param name="version">What changes when the rows do: a run of a version that was done changes nothing.</param>
    /// <param name="rows">Starts the rows anew; called once a run with what ends it.</param>
    public RowStreamSource(string name, string version, Func<CancellationToken, IAsyncEnumerable<T>> rows)
        : this(name, _ => ValueTask.FromResult(version), rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        _fixed = version;
    }

    /// <summary>Creates the source over rows whose version is found out when a run is planned.</summary>
    /// <param name="name">The name under which cursor and lineage know the rows.</param>
    /// <param name="version">Tells the version, such as an id or time of the newest row.</param>
    /// <param name="rows">Starts the rows anew; called once a run with what ends it.</param>
    public RowStreamSource(string name, Func<CancellationToken, ValueTask<string>> version, Func<CancellationToken, IAsyncEnumerable<T>> rows)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(rows);
        Dataset = new DatasetId(Namespace, name);
        _version = version;
        _rows = rows;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("version", _fixed);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(RowShape.SchemaOf<T>());

    /// <inheritdoc/>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        new(Dataset, await _version(cancellationToken).ConfigureAwait(false), null, HasData: true);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var writer = new RowBatchWriter<T>(request.Schema);
        var size = Math.Max(1, request.Context.BatchRows);
        var room = ArrayPool<T>.Shared.Rent(size);
        var rows = new RowStreamReader<T>(Dataset.ToString(), _rows, request.RowLimit ?? long.MaxValue);
        await using var open = rows.ConfigureAwait(false);
        try
        {
            while (await rows.FillAsync(room.AsMemory(0, size), cancellationToken).ConfigureAwait(false) is > 0 and var count)
                yield return Checked(writer.Write(new ArraySegment<T>(room, 0, count), request.Context.Allocator), rows.Count - count);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(room, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }

    /// <summary>The batch, if no null stands in a member that cannot hold it.</summary>
    private RecordBatch Checked(RecordBatch batch, long before)
    {
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            var field = batch.Schema.FieldsList[i];
            if (field.IsNullable || batch.Column(i).NullCount == 0)
                continue;
            using (batch)
                throw NullAt(field.Name, before, batch.Column(i));
        }

        return batch;
    }

    private MalformedDataException NullAt(string column, long before, IArrowArray array)
    {
        var row = 0;
        while (!array.IsNull(row))
            row++;
        return new MalformedDataException($"{Dataset}, row {before + row + 1}: the column '{column}' is null, but its member cannot hold null: declare it nullable.", column);
    }
}
