using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The rows of one side of a join on disk, divided by the hash of their keys. Rows with a null key match nothing and go anywhere.</summary>
internal sealed class Partitions : IDisposable
{
    private const int Bits = 5;

    /// <summary>After so many divisions equal hashes are equal keys as a rule, and dividing again does not help.</summary>
    public const int MostLevels = 5;

    private readonly SpillFile[] _files;
    private readonly IReadOnlyList<BoundExpression> _keys;
    private readonly EngineContext _context;
    private readonly int _level;

    /// <param name="schema">The side's schema.</param>
    /// <param name="keys">Its keys; with none there is one partition.</param>
    /// <param name="level">How often the rows were divided before.</param>
    /// <param name="context">The operator's context.</param>
    public Partitions(Schema schema, IReadOnlyList<BoundExpression> keys, int level, EngineContext context)
    {
        _keys = keys;
        _level = level;
        _context = context;
        _files = new SpillFile[keys.Count == 0 ? 1 : 1 << Bits];
        for (var p = 0; p < _files.Length; p++)
            _files[p] = context.CreateSpill(schema);
    }

    public int Count => _files.Length;

    public SpillFile this[int partition] => _files[partition];

    /// <summary>Divides a batch, which is borrowed. Several threads may.</summary>
    public void Write(RecordBatch batch)
    {
        if (batch.Length == 0)
            return;
        if (_files.Length == 1)
        {
            _files[0].Write(batch);
            return;
        }

        var partitions = ArrayPool<byte>.Shared.Rent(batch.Length);
        var rows = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            Assign(batch, partitions.AsSpan(0, batch.Length));
            Span<int> starts = stackalloc int[_files.Length + 1];
            Order(partitions.AsSpan(0, batch.Length), rows, starts);
            for (var p = 0; p < _files.Length; p++)
            {
                var picked = rows.AsSpan(starts[p], starts[p + 1] - starts[p]);
                if (picked.IsEmpty)
                    continue;
                using var part = Selection.Take(batch, picked, _context.Allocator);
                _files[p].Write(part);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(partitions);
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private void Assign(RecordBatch batch, Span<byte> partitions)
    {
        using var keys = ProbeKeys.Evaluate(batch, _keys, _context);
        using var rented = new Rented<ulong>(batch.Length);
        RowHasher.Hash(keys.Columns, rented.Span);

        // The low bits: the table in memory takes its slot from the high ones.
        var shift = _level * Bits;
        var mask = (ulong)_files.Length - 1;
        for (var row = 0; row < partitions.Length; row++)
            partitions[row] = (byte)(((keys.IsValid(row) ? rented.Span[row] : (ulong)row << shift) >> shift) & mask);
    }

    /// <summary>Counting sort of row numbers by partition; stable.</summary>
    private static void Order(ReadOnlySpan<byte> partitions, Span<int> rows, Span<int> starts)
    {
        starts.Clear();
        foreach (var partition in partitions)
            starts[partition + 1]++;
        for (var p = 1; p < starts.Length; p++)
            starts[p] += starts[p - 1];
        Span<int> next = stackalloc int[starts.Length];
        starts.CopyTo(next);
        for (var row = 0; row < partitions.Length; row++)
            rows[next[partitions[row]]++] = row;
    }
}
