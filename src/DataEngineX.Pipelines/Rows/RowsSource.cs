using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads rows held in memory. Its version is a hash of the rows, so that equal rows are read once.</summary>
/// <typeparam name="T">The row type.</typeparam>
public sealed class RowsSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T> : BatchSource
{
    /// <summary>The namespace of rows held in memory.</summary>
    public const string Namespace = "inmemory";

    private readonly IReadOnlyList<T> _rows;
    private readonly Lazy<string> _version;

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name under which lineage knows the rows.</param>
    /// <param name="rows">The rows; not changed afterwards.</param>
    public RowsSource(string name, IReadOnlyList<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Dataset = new DatasetId(Namespace, name);
        _rows = rows;
        _version = new Lazy<string>(Hash);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(RowShape.SchemaOf<T>());

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, _version.Value, null, HasData: true));

    /// <inheritdoc/>
    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize(_rows.Count, null));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask.ConfigureAwait(false);
        var writer = new RowBatchWriter<T>(request.Schema);
        for (var start = 0; start < _rows.Count; start += request.Context.BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            T[] rows = [.. _rows.Skip(start).Take(request.Context.BatchRows)];
            yield return writer.Write(rows, request.Context.Allocator);
        }
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var columns = RowShape.Of<T>();
        foreach (var row in _rows)
        {
            foreach (var column in columns)
            {
                var value = column.Property.GetValue(row);
                var text = value switch { null => "\0", byte[] bytes => Convert.ToHexString(bytes), IFormattable f => f.ToString(null, CultureInfo.InvariantCulture), _ => value.ToString() };
                hash.AppendData(Encoding.UTF8.GetBytes(text + "\u001f"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
