using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Batches put aside on disk in Arrow's stream format, in a <see cref="ScratchFile"/>. Arrow's writer puts the dictionaries of the first batch into a
/// file and no others: dictionary columns are written out, and get a dictionary again when they are read.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private readonly Schema _schema;
    private readonly Schema _stored;
    private readonly MemoryAllocator _allocator;
    private readonly string _folder;
    private readonly OperatorStatistics _statistics;
    private readonly Lock _lock = new();
    private FileStream? _file;
    private ArrowStreamWriter? _writer;
    private bool _sealed;

    public SpillFile(Schema schema, string folder, OperatorStatistics statistics, MemoryAllocator allocator)
    {
        _schema = schema;
        _stored = Dictionaries.Decode(schema);
        _allocator = allocator;
        _folder = folder;
        _statistics = statistics;
    }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Appends a batch; several threads may.</summary>
    /// <param name="batch">Borrowed; it has the schema of the file.</param>
    /// <exception cref="SpillException">The disk is full or the folder cannot be written.</exception>
    public void Write(RecordBatch batch)
    {
        if (ReferenceEquals(_stored, _schema))
        {
            Append(batch);
            return;
        }

        using var plain = Dictionaries.Decode(batch, _allocator);
        Append(plain);
    }

    /// <summary>Reads all batches from the first; after that nothing can be written. One read at a time.</summary>
    /// <param name="allocator">Where the batches are allocated.</param>
    /// <returns>Batches owned by the consumer.</returns>
    public IEnumerable<RecordBatch> Read(MemoryAllocator allocator)
    {
        if (_file is null)
            yield break;
        Seal();
        _file.Position = 0;
        using var reader = new ArrowStreamReader(_file, allocator, leaveOpen: true);
        while (Next(reader) is { } batch)
            yield return Restored.Of(batch, _schema, allocator);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        try
        {
            _file?.Dispose();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // On a full disk the rest of the buffer cannot be written; nobody reads it, and what failed before is the error.
        }

        _writer = null;
        _file = null;
        _sealed = true;
    }

    private void Append(RecordBatch batch)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_sealed, this);
            try
            {
                _file ??= ScratchFile.Create(_folder);
                _writer ??= new ArrowStreamWriter(_file, _stored, leaveOpen: true);
                _writer.WriteRecordBatch(batch);
                var written = _file.Position;
                _statistics.AddSpilled(written - Bytes);
                Bytes = written;
                Rows += batch.Length;
            }
            catch (Exception e) when (IsOfDisk(e))
            {
                throw new SpillException(_statistics.Operator, _folder, e);
            }
        }
    }

    private void Seal()
    {
        lock (_lock)
        {
            if (_sealed)
                return;
            _sealed = true;
            try
            {
                _writer!.WriteEnd();
                _file!.Flush();
            }
            catch (Exception e) when (IsOfDisk(e))
            {
                throw new SpillException(_statistics.Operator, _folder, e);
            }
        }
    }

    private RecordBatch? Next(ArrowStreamReader reader)
    {
        try
        {
            return reader.ReadNextRecordBatch() is { } batch ? LentBatch.Take(batch) : null;
        }
        catch (IOException e)
        {
            throw new SpillException(_statistics.Operator, _folder, e);
        }
    }

    /// <summary>A file that would become larger than the file system or a limit allows is reported as an argument out of range.</summary>
    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
