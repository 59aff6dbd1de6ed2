using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Takes the rows of some keys out of the files of a table: files without any of them stay, others are written anew with the rows that are left.</summary>
internal sealed class KeyRemoval : IDisposable
{
    private readonly TableContext _table;
    private readonly TableSchema _columns;
    private readonly DataFileWriter _output;
    private readonly MemoryAllocator _allocator;
    private readonly KeySet _keys;

    internal KeyRemoval(TableContext table, Schema schema, RecordBatch keys, DataFileWriter output, MemoryAllocator allocator)
    {
        _table = table;
        _columns = new TableSchema([.. schema.FieldsList.Select(DeltaField.Plain)], ColumnMapping.None, []);
        _output = output;
        _allocator = allocator;
        _keys = new KeySet(schema, keys, allocator);
    }

    /// <summary>The files that were looked at.</summary>
    internal IReadOnlyList<DataFile> Read { get; private set; } = [];

    public void Dispose() => _keys.Dispose();

    /// <summary>Writes what is left of the files that hold rows to remove.</summary>
    /// <returns>The files that must go.</returns>
    internal async ValueTask<IReadOnlyList<DataFile>> RunAsync(IReadOnlyList<DataFile> files, CancellationToken cancellationToken)
    {
        var gone = new List<DataFile>();
        Read = [.. files.Where(MayHold)];
        foreach (var file in Read)
        {
            if (await HoldsAnyAsync(file, cancellationToken).ConfigureAwait(false))
                gone.Add(file);
        }

        foreach (var file in gone)
            await RewriteAsync(file, cancellationToken).ConfigureAwait(false);
        return gone;
    }

    /// <summary>Whether a file may hold rows to remove, by its statistics.</summary>
    internal bool MayHold(DataFile file) => _keys.MayBeIn(file);

    private async ValueTask<bool> HoldsAnyAsync(DataFile file, CancellationToken cancellationToken)
    {
        await foreach (var batch in DataFileReader.ReadAsync(_table, file, _columns, _allocator, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (LeftOf(batch).Length < batch.Length)
                    return true;
            }
        }

        return false;
    }

    private async ValueTask RewriteAsync(DataFile file, CancellationToken cancellationToken)
    {
        await foreach (var batch in DataFileReader.ReadAsync(_table, file, _columns, _allocator, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var left = LeftOf(batch);
                if (left.Length == 0)
                    continue;
                using var kept = Selection.Take(batch, left, _allocator);
                await _output.WriteAsync(kept, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The rows of a batch that stay.</summary>
    private int[] LeftOf(RecordBatch batch)
    {
        var gone = new bool[batch.Length];
        _keys.Find(batch, gone);
        var left = new List<int>(batch.Length);
        for (var i = 0; i < gone.Length; i++)
        {
            if (!gone[i])
                left.Add(i);
        }

        return [.. left];
    }
}
