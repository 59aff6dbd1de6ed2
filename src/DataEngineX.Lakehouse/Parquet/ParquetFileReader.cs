using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Reads the flat columns of one Parquet file into Arrow batches, one row group at a time.</summary>
/// <remarks>
/// A row group is decoded whole before it is cut into batches, so memory beside the allocator grows with the size of its wanted columns;
/// Parquet.Net gives texts as one small array each.
/// </remarks>
public sealed class ParquetFileReader : IAsyncDisposable
{
    private readonly ParquetReader _reader;
    private readonly Stream _stream;
    private readonly Dictionary<string, SchemaElement> _elements;

    private ParquetFileReader(ParquetReader reader, Stream stream, string name)
    {
        _reader = reader;
        _stream = stream;
        Name = name;
        _elements = new Dictionary<string, SchemaElement>(StringComparer.Ordinal);
        var fields = new List<ArrowField>();
        foreach (var field in reader.Schema.Fields)
        {
            if (field is not DataField { IsArray: false, SchemaElement: { } element } || ParquetPhysical.ArrowType(element) is not { } type)
                continue;
            _elements[field.Name] = element;
            fields.Add(new ArrowField(field.Name, type, field.IsNullable));
        }

        Schema = new Schema(fields, null);
    }

    /// <summary>The file's name, as it appears in errors.</summary>
    public string Name { get; }

    /// <summary>The columns that can be read: those of the file that are not nested, with the Arrow types their values have.</summary>
    public Schema Schema { get; }

    /// <summary>The rows of the file.</summary>
    public long RowCount => _reader.Metadata?.NumRows ?? 0;

    /// <summary>The row groups of the file.</summary>
    public int RowGroupCount => _reader.RowGroupCount;

    /// <summary>Opens a file by reading its footer.</summary>
    /// <param name="stream">A seekable stream; the reader disposes it, also when opening fails.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="cancellationToken">Stops the open.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="MalformedDataException">It is not a Parquet file, or is damaged.</exception>
    public static async Task<ParquetFileReader> OpenAsync(Stream stream, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var reader = await ParquetReader.CreateAsync(stream, null, leaveStreamOpen: true, cancellationToken).ConfigureAwait(false);
            return new ParquetFileReader(reader, stream, name);
        }
        catch (Exception e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException)
                throw;
            throw new MalformedDataException($"{name} is not a readable Parquet file: {e.Message}", null, e);
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="columns">The columns wanted, by name; a nullable one that the file does not have is null in every row. All when null.</param>
    /// <param name="allocator">Where the buffers of the batches come from; Arrow's default when null.</param>
    /// <param name="batchRows">The most rows of one batch.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches, never empty ones, each from one row group; the consumer owns each.</returns>
    /// <exception cref="DataEngineXException">A column is stored in a form that the wanted type cannot take.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        Schema? columns = null, MemoryAllocator? allocator = null, int batchRows = 65_536,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        columns ??= Schema;
        allocator ??= MemoryAllocator.Default.Value;
        var fields = PhysicalFields(columns);
        var builders = columns.FieldsList.Select(f => ColumnBuilder.Create(f.DataType)).ToArray();
        for (var g = 0; g < _reader.RowGroupCount; g++)
        {
            using var group = _reader.OpenRowGroupReader(g);
            var rows = checked((int)group.RowCount);
            var decoded = new List<DecodedColumn>(fields.Length);
            try
            {
                for (var i = 0; i < fields.Length; i++)
                    decoded.Add(await DecodeAsync(group, fields[i], columns.FieldsList[i], cancellationToken).ConfigureAwait(false));
                for (var at = 0; at < rows; at += batchRows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Build(columns, builders, decoded, Math.Min(batchRows, rows - at), allocator);
                }
            }
            finally
            {
                foreach (var column in decoded)
                    column.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private DataField?[] PhysicalFields(Schema columns)
    {
        var fields = new DataField?[columns.FieldsList.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var wanted = columns.FieldsList[i];
            if (_elements.TryGetValue(wanted.Name, out var element))
                fields[i] = new DataField(wanted.Name, ParquetPhysical.ClrType(element), element.RepetitionType != FieldRepetitionType.REQUIRED);
            else if (!wanted.IsNullable)
                throw new MalformedDataException($"{Name} has no column '{wanted.Name}', which may not be null.", wanted.Name);
        }

        // A field must belong to a schema before it can be read by.
        if (fields.Any(f => f is not null))
            _ = new ParquetSchema(fields.OfType<DataField>());
        return fields;
    }

    private async ValueTask<DecodedColumn> DecodeAsync(
        ParquetRowGroupReader group, DataField? field, ArrowField wanted, CancellationToken cancellationToken)
    {
        if (field is null)
            return new MissingColumn();
        try
        {
            return await ParquetPhysical.ReadAsync(group, field, _elements[field.Name], wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DataEngineXException or OutOfMemoryException))
        {
            throw new MalformedDataException($"Column '{wanted.Name}' of {Name} cannot be read: {e.Message}", wanted.Name, e);
        }
    }

    private static RecordBatch Build(Schema columns, ColumnBuilder[] builders, List<DecodedColumn> decoded, int rows, MemoryAllocator allocator)
    {
        var arrays = new List<IArrowArray>(builders.Length);
        try
        {
            for (var i = 0; i < builders.Length; i++)
            {
                decoded[i].AppendNext(builders[i], rows);
                arrays.Add(builders[i].Build(allocator));
            }

            return new RecordBatch(columns, arrays, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }
}
