using System.Text;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Data files in columns, found by their path. A table may have very many, so that an object for each would be too much. Immutable.</summary>
internal sealed class FileBlock
{
    private readonly byte[] _paths;
    private readonly int[] _pathEnds;
    private readonly uint[] _hashes;
    private readonly int[] _slots;
    private readonly FileNumbers[] _numbers;
    private readonly int[]? _partitions;
    private readonly Dictionary<string, string?>[] _partitionValues;
    private readonly Dictionary<int, FileExtras> _extras;
    private readonly PackedTexts _stats;

    internal FileBlock(
        byte[] paths, int[] pathEnds, uint[] hashes, FileNumbers[] numbers, int[]? partitions, Dictionary<string, string?>[] partitionValues,
        Dictionary<int, FileExtras> extras, PackedTexts stats)
    {
        _paths = paths;
        _pathEnds = pathEnds;
        _hashes = hashes;
        _numbers = numbers;
        _partitions = partitions;
        _partitionValues = partitionValues;
        _extras = extras;
        _stats = stats;
        _slots = Slots(hashes);
    }

    internal int Count => _numbers.Length;

    /// <summary>The path as the log has it, in UTF-8.</summary>
    internal ReadOnlySpan<byte> StoredPath(int row)
    {
        var start = row == 0 ? 0 : _pathEnds[row - 1];
        return _paths.AsSpan(start, _pathEnds[row] - start);
    }

    internal string PathOf(int row) => DeltaPaths.Decode(Encoding.UTF8.GetString(StoredPath(row)));

    internal uint HashOf(int row) => _hashes[row];

    internal FileNumbers NumbersOf(int row) => _numbers[row];

    internal Dictionary<string, string?> PartitionValuesOf(int row) => _partitionValues[_partitions?[row] ?? 0];

    internal FileExtras? ExtrasOf(int row) => _extras.GetValueOrDefault(row);

    /// <summary>The text of the statistics, in UTF-8; empty when there is none.</summary>
    internal ReadOnlySpan<byte> StatsOf(int row) => _stats[row];

    internal AddAction AddOf(int row)
    {
        var (numbers, extras) = (_numbers[row], ExtrasOf(row));
        var stats = StatsOf(row);
        return new AddAction
        {
            Path = Encoding.UTF8.GetString(StoredPath(row)),
            PartitionValues = PartitionValuesOf(row),
            Size = numbers.Size,
            ModificationTime = numbers.ModificationTime,
            DataChange = true,
            Stats = stats.IsEmpty ? null : Encoding.UTF8.GetString(stats),
            DeletionVector = extras?.DeletionVector,
            Tags = extras?.Tags,
            BaseRowId = extras?.BaseRowId,
            DefaultRowCommitVersion = extras?.DefaultRowCommitVersion,
            ClusteringProvider = extras?.ClusteringProvider,
        };
    }

    /// <summary>False only when no path of the block has the hash.</summary>
    internal bool MayHave(uint hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_hashes[_slots[slot] - 1] == hash)
                return true;
        }

        return false;
    }

    /// <summary>The row of a path, or -1.</summary>
    internal int Find(uint hash, string path)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var row = _slots[slot] - 1;
            if (_hashes[row] == hash && string.Equals(PathOf(row), path, StringComparison.Ordinal))
                return row;
        }

        return -1;
    }

    /// <summary>Numbers of rows from 1 at the place that the hash of their path tells, or after it; 0 for nothing.</summary>
    private static int[] Slots(uint[] hashes)
    {
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, hashes.Length * 3 / 2))];
        var mask = slots.Length - 1;
        for (var row = 0; row < hashes.Length; row++)
        {
            var slot = (int)hashes[row] & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = row + 1;
        }

        return slots;
    }
}
