using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Merges new rows into the files of a table: files that would only hold unchanged rows stay, others are written anew.</summary>
internal sealed class UpsertMerge(
    TableContext table, Schema schema, KeyIndex index, RecordBatch incoming, DataFileWriter output, MemoryAllocator allocator)
{
    private const long SmallFile = 8 << 20;
    private const int SmallFiles = 32;
    private const int Keep = -1;
    private const int Drop = -2;

    private readonly TableSchema _columns = new([.. schema.FieldsList.Select(DeltaField.Plain)], ColumnMapping.None, []);
    private readonly Cells[] _incoming = Cells.Of(incoming);
    private readonly Match[] _matches = new Match[incoming.Length];

    private enum Match : byte
    {
        None,
        Unchanged,
        Updated,
    }

    internal async ValueTask<TableChange> RunAsync(LogState? state, CancellationToken cancellationToken)
    {
        var files = state is null ? [] : state.Files.ToList();
        var rewrites = new Dictionary<DataFile, int[]>();
        var ranges = KeyRanges.Of(schema, index, incoming);
        var read = ranges.Candidates(files).ToList();
        foreach (var file in read)
        {
            if (await DecideAsync(file, cancellationToken).ConfigureAwait(false) is { } decisions)
                rewrites[file] = decisions;
        }

        var rows = index.Rows;
        var inserted = rows.Where(r => _matches[r] == Match.None).ToArray();
        if (rewrites.Count > 0 || inserted.Length > 0)
            FoldSmallFiles(files, rewrites);
        var removed = files.Where(rewrites.ContainsKey).ToList();
        foreach (var file in removed)
            await RewriteAsync(file, rewrites[file], cancellationToken).ConfigureAwait(false);
        await InsertAsync(inserted, cancellationToken).ConfigureAwait(false);
        return new TableChange
        {
            Operation = TableOperations.Upsert,
            Added = await output.FinishAsync(cancellationToken).ConfigureAwait(false),
            Removed = removed,
            Inserted = inserted.Length,
            Updated = rows.Count(r => _matches[r] == Match.Updated),
            Unchanged = rows.Count(r => _matches[r] == Match.Unchanged),
            Deduplicated = incoming.Length - rows.Length,
            Read = ReadSet.Of(state, read.Union(removed), ranges.MayHold),
        };
    }

    /// <summary>What becomes of each row of a file, or null when all stay as they are.</summary>
    private async ValueTask<int[]?> DecideAsync(DataFile file, CancellationToken cancellationToken)
    {
        var decisions = new List<int>();
        var changes = false;
        await foreach (var batch in ReadAsync(file, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var cells = Cells.Of(batch);
                for (var row = 0; row < batch.Length; row++)
                {
                    var decision = Decide(cells, row);
                    changes |= decision != Keep;
                    decisions.Add(decision);
                }
            }
        }

        return changes ? [.. decisions] : null;
    }

    private int Decide(Cells[] cells, int row)
    {
        var found = index.Find(cells, row);
        if (found < 0)
            return Keep;
        if (_matches[found] != Match.None)
            return Drop; // The table held the key more than once.
        var same = Cells.SameRow(cells, row, _incoming, found);
        _matches[found] = same ? Match.Unchanged : Match.Updated;
        return same ? Keep : found;
    }

    /// <summary>Many small files make every read slow: once they are many, a commit that writes anyway takes them along.</summary>
    private static void FoldSmallFiles(List<DataFile> files, Dictionary<DataFile, int[]> rewrites)
    {
        var small = files.Where(f => f.Size < SmallFile).ToList();
        if (small.Count <= SmallFiles)
            return;
        foreach (var file in small)
            rewrites.TryAdd(file, []);
    }

    private async ValueTask RewriteAsync(DataFile file, int[] decisions, CancellationToken cancellationToken)
    {
        var at = 0;
        await foreach (var batch in ReadAsync(file, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (decisions.Length == 0)
                {
                    await output.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                using var merged = Merge(batch, decisions.AsSpan(at, batch.Length));
                at += batch.Length;
                await output.WriteAsync(merged, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // An updated row takes the place of the row it replaces, so that the order of a table does not depend on how it was divided into files.
    private RecordBatch Merge(RecordBatch old, ReadOnlySpan<int> decisions)
    {
        var taken = new List<int>();
        var order = new List<int>(old.Length);
        for (var row = 0; row < decisions.Length; row++)
        {
            if (decisions[row] == Keep)
                order.Add(row);
            else if (decisions[row] != Drop)
            {
                order.Add(old.Length + taken.Count);
                taken.Add(decisions[row]);
            }
        }

        if (taken.Count == 0)
            return Selection.Take(old, [.. order], allocator);
        using var news = Selection.Take(incoming, [.. taken], allocator);
        using var both = Concatenation.Concat([old, news], allocator);
        return Selection.Take(both, [.. order], allocator);
    }

    private async ValueTask InsertAsync(int[] rows, CancellationToken cancellationToken)
    {
        const int Chunk = 65_536;
        for (var at = 0; at < rows.Length; at += Chunk)
        {
            using var batch = Selection.Take(incoming, rows.AsSpan(at, Math.Min(Chunk, rows.Length - at)), allocator);
            await output.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<RecordBatch> ReadAsync(DataFile file, CancellationToken cancellationToken) =>
        DataFileReader.ReadAsync(table, file, _columns, allocator, cancellationToken);
}
