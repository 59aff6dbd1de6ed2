using System.IO.Hashing;
using System.Text;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Collects data files for a <see cref="FileBlock"/>.</summary>
internal sealed class FileBlockBuilder
{
    private static readonly Dictionary<string, string?> NoPartition = new(StringComparer.Ordinal);

    private readonly List<int> _pathEnds = [];
    private readonly List<uint> _hashes = [];
    private readonly List<FileNumbers> _numbers = [];
    private readonly List<int> _partitions = [];
    private readonly List<Dictionary<string, string?>> _partitionValues = [NoPartition];
    private readonly Dictionary<string, int> _partitionByText = new(StringComparer.Ordinal);
    private readonly Dictionary<Dictionary<string, string?>, int> _partitionByObject = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, FileExtras> _extras = [];
    private readonly PackedTexts.Builder _stats = new();
    private byte[] _paths = new byte[256];
    private int _pathsLength;

    internal int Count => _numbers.Count;

    /// <summary>The hash of a path that was decoded.</summary>
    internal static uint Hash(string path)
    {
        Span<byte> buffer = stackalloc byte[512];
        var bytes = Encoding.UTF8.GetMaxByteCount(path.Length) <= buffer.Length
            ? buffer[..Encoding.UTF8.GetBytes(path, buffer)]
            : Encoding.UTF8.GetBytes(path);
        return (uint)XxHash3.HashToUInt64(bytes);
    }

    /// <summary>The hash of a path as the log has it, in UTF-8.</summary>
    internal static uint HashOfStored(ReadOnlySpan<byte> path) =>
        path.Contains((byte)'%') || (path.Length > 5 && Ascii.EqualsIgnoreCase(path[..5], "file:"u8)) ? Hash(DeltaPaths.Decode(Encoding.UTF8.GetString(path))) : (uint)XxHash3.HashToUInt64(path);

    internal void Add(
        ReadOnlySpan<byte> storedPath, uint hash, FileNumbers numbers, Dictionary<string, string?>? partition, FileExtras? extras, ReadOnlySpan<byte> stats)
    {
        if (_pathsLength + storedPath.Length > _paths.Length)
            System.Array.Resize(ref _paths, Math.Max(_pathsLength + storedPath.Length, 2 * _paths.Length));
        storedPath.CopyTo(_paths.AsSpan(_pathsLength));
        _pathsLength += storedPath.Length;
        _pathEnds.Add(_pathsLength);
        _hashes.Add(hash);
        if (extras is not null)
            _extras[_numbers.Count] = extras;
        _numbers.Add(numbers);
        _partitions.Add(partition is null || partition.Count == 0 ? 0 : Partition(partition));
        _stats.Add(stats);
    }

    internal void AddFrom(FileBlock block, int row) => Add(
        block.StoredPath(row), block.HashOf(row), block.NumbersOf(row), block.PartitionValuesOf(row), block.ExtrasOf(row), block.StatsOf(row));

    internal FileBlock Build() => new(
        _paths.AsSpan(0, _pathsLength).ToArray(), [.. _pathEnds], [.. _hashes], [.. _numbers],
        _partitionValues.Count == 1 ? null : [.. _partitions], [.. _partitionValues], _extras, _stats.Build());

    // Files of one partition share what the log says of it.
    private int Partition(Dictionary<string, string?> values)
    {
        if (_partitionByObject.TryGetValue(values, out var known))
            return known;
        var text = string.Join('\0', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value is null ? $"{v.Key}\u0001" : $"{v.Key}\u0002{v.Value}"));
        if (!_partitionByText.TryGetValue(text, out var number))
        {
            number = _partitionByText[text] = _partitionValues.Count;
            _partitionValues.Add(values);
        }

        // Of actions read one by one each has an object of its own, which is no use to keep.
        if (ReferenceEquals(_partitionValues[number], values))
            _partitionByObject[values] = number;
        return number;
    }
}
