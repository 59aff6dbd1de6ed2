using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>Reads one Arrow IPC file, in the file format or the stream format, compressed or not.</summary>
internal sealed class IpcReader : IDisposable
{
    private static readonly CompressionCodecFactory Codecs = new();

    private readonly ArrowStreamReader _reader;
    private readonly string _name;
    private readonly MemoryAllocator _allocator;

    private IpcReader(ArrowStreamReader reader, string name, Schema schema, MemoryAllocator allocator)
    {
        _reader = reader;
        _allocator = allocator;
        _name = name;
        Schema = schema;
    }

    internal Schema Schema { get; }

    /// <summary>Opens a file by reading its schema.</summary>
    /// <param name="stream">A seekable stream; the reader disposes it, also when opening fails.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="allocator">Where batches come from.</param>
    /// <param name="cancellationToken">Stops the open.</param>
    /// <exception cref="MalformedDataException">It is not an Arrow file, or is damaged.</exception>
    internal static async ValueTask<IpcReader> OpenAsync(Stream stream, string name, MemoryAllocator allocator, CancellationToken cancellationToken)
    {
        ArrowStreamReader? reader = null;
        try
        {
            var start = new byte[IpcStart.Bytes];
            var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            var isFile = start.AsSpan().StartsWith(IpcStart.Magic);
            if (IpcStart.IsBigEndian(start.AsSpan(0, read)))
                throw new InvalidDataException("its numbers are big-endian, which are not read");
            reader = isFile
                ? new ArrowFileReader(stream, allocator, Codecs, leaveOpen: false)
                : new ArrowStreamReader(stream, allocator, Codecs, leaveOpen: false);
            var schema = await reader.GetSchema(cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException("it has no schema");
            if (schema.FieldsList.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new InvalidDataException($"it has {twice.Count()} columns named '{twice.Key}'");
            return new IpcReader(reader, name, schema, allocator);
        }
        catch (Exception e)
        {
            reader?.Dispose();
            await stream.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException or OutOfMemoryException or DataEngineXException)
                throw;
            throw new MalformedDataException($"{name} is not a readable Arrow IPC file: {e.Message}", null, e);
        }
    }

    /// <summary>Reads all batches.</summary>
    /// <param name="columns">The columns wanted, by name.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches, never empty ones, which the consumer owns.</returns>
    internal async IAsyncEnumerable<RecordBatch> ReadAsync(Schema columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ordinals = Ordinals(columns);
        for (var number = 0; await NextAsync(number, cancellationToken).ConfigureAwait(false) is { } batch; number++)
        {
            if (Project(batch, columns, ordinals) is { } projected)
                yield return projected;
        }
    }

    public void Dispose() => _reader.Dispose();

    private async ValueTask<RecordBatch?> NextAsync(int number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _reader.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or DataEngineXException))
        {
            throw new MalformedDataException($"Batch {number} of {_name} cannot be read: {e.Message}", null, e);
        }
    }

    private int[] Ordinals(Schema columns)
    {
        var ordinals = new int[columns.FieldsList.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            var wanted = columns.FieldsList[i];
            ordinals[i] = Schema.FieldsList.Index().Where(f => f.Item.Name == wanted.Name).Select(f => f.Index).FirstOrDefault(-1);
            if (ordinals[i] < 0)
                throw new MalformedDataException($"{_name} has no column '{wanted.Name}'.", wanted.Name);
            var stored = Schema.FieldsList[ordinals[i]].DataType;
            if (stored is RunEndEncodedType)
                throw new MalformedDataException($"Column '{wanted.Name}' of {_name} is run-end encoded, which is not read.", wanted.Name);
            if (!ArrowTypes.Same(stored, wanted.DataType))
            {
                throw new MalformedDataException(
                    $"Column '{wanted.Name}' of {_name} is {ArrowTypes.NameOf(stored)} and cannot be read as {ArrowTypes.NameOf(wanted.DataType)}.", wanted.Name);
            }
        }

        return ordinals;
    }

    // The library gives a batch one block of memory that its columns cannot keep alive, so columns that may outlive it are copied.
    private RecordBatch? Project(RecordBatch batch, Schema columns, int[] ordinals)
    {
        using (batch)
        {
            if (batch.Length == 0)
                return null;
            var arrays = new List<IArrowArray>(ordinals.Length);
            try
            {
                foreach (var ordinal in ordinals)
                {
                    if (IpcCheck.Fault(batch.Column(ordinal).Data, batch.Length) is { } fault)
                        throw new MalformedDataException($"Column '{Schema.FieldsList[ordinal].Name}' of {_name} is damaged: {fault}.", Schema.FieldsList[ordinal].Name);
                    arrays.Add(ArrowArrayFactory.BuildArray(batch.Column(ordinal).Data.Clone(_allocator)));
                }

                return new RecordBatch(columns, arrays, batch.Length);
            }
            catch (Exception e)
            {
                foreach (var array in arrays)
                    array.Dispose();
                if (e is DataEngineXException or OutOfMemoryException)
                    throw;
                throw new MalformedDataException($"A batch of {_name} cannot be read: {e.Message}", null, e);
            }
        }
    }
}
