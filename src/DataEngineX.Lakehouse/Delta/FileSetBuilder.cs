using System.Text;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Adds files to a set and removes some. New files go to a block of their own; blocks that have become alike in size are put together, so that
/// there are never many and each file is moved a few times only.
/// </summary>
internal sealed class FileSetBuilder
{
    private const int MostInBlock = 1 << 16;
    private const int Small = 64;

    private readonly List<FilePart> _parts;
    private readonly HashSet<uint> _openHashes = [];
    private readonly HashSet<ulong[]> _ownBits = [];
    private FileBlockBuilder _open = new();
    private FileTotals _totals;

    internal FileSetBuilder(FileSet from)
    {
        _parts = [.. from.Parts];
        _totals = from.Totals;
    }

    internal void Add(AddAction add)
    {
        var path = Encoding.UTF8.GetBytes(add.Path);
        var stats = Encoding.UTF8.GetBytes(add.Stats ?? "");
        Add(path, new FileNumbers(add.Size, add.ModificationTime, FileNumbers.RowsIn(stats)), add.PartitionValues, FileExtras.Of(add), stats);
    }

    /// <summary>Adds a file; one of the same path goes.</summary>
    internal void Add(
        ReadOnlySpan<byte> storedPath, FileNumbers numbers, Dictionary<string, string?>? partition, FileExtras? extras, ReadOnlySpan<byte> stats)
    {
        var hash = FileBlockBuilder.HashOfStored(storedPath);
        if (MayHave(hash))
            Remove(hash, DeltaPaths.Decode(Encoding.UTF8.GetString(storedPath)));
        if (_open.Count == MostInBlock)
            Close();
        _open.Add(storedPath, hash, numbers, partition, extras, stats);
        _openHashes.Add(hash);
        _totals = _totals.Plus(numbers, extras, 1);
    }

    /// <summary>Removes a file, when it is there.</summary>
    internal void Remove(string path) => Remove(FileBlockBuilder.Hash(path), path);

    internal FileSet Build()
    {
        Close();
        _ownBits.Clear();
        return new FileSet([.. _parts], _totals);
    }

    private bool MayHave(uint hash)
    {
        if (_openHashes.Contains(hash))
            return true;
        foreach (var part in _parts)
        {
            if (part.Block.MayHave(hash))
                return true;
        }

        return false;
    }

    private void Remove(uint hash, string path)
    {
        if (_openHashes.Contains(hash))
            Close();
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            var part = _parts[i];
            var row = part.Block.Find(hash, path);
            if (row < 0 || !part.Has(row))
                continue;
            _totals = _totals.Plus(part.Block.NumbersOf(row), part.Block.ExtrasOf(row), -1);
            _parts[i] = Without(part, row);
            return;
        }
    }

    private FilePart Without(FilePart part, int row)
    {
        var gone = part.Gone;
        if (gone is null || !_ownBits.Contains(gone))
            _ownBits.Add(gone = gone is null ? new ulong[(part.Block.Count + 63) >> 6] : [.. gone]);
        gone[row >> 6] |= 1UL << (row & 63);
        return new FilePart(part.Block, gone, part.Live - 1);
    }

    private void Close()
    {
        if (_open.Count > 0)
            _parts.Add(new FilePart(_open.Build()));
        _open = new FileBlockBuilder();
        _openHashes.Clear();
        _parts.RemoveAll(p => p.Live == 0);
        while (_parts.Count > 1 && BelongTogether(_parts[^2], _parts[^1]))
            Merge(_parts.Count - 2, 2);
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Live < _parts[i].Block.Count / 2)
                Merge(i, 1);
        }
    }

    private static bool BelongTogether(FilePart older, FilePart newer) =>
        older.Live + newer.Live <= MostInBlock && (older.Live <= Small || older.Live <= 2 * newer.Live);

    private void Merge(int first, int count)
    {
        var merged = new FileBlockBuilder();
        foreach (var part in _parts.GetRange(first, count))
        {
            foreach (var row in part.Rows())
                merged.AddFrom(part.Block, row);
        }

        _parts.RemoveRange(first, count);
        _parts.Insert(first, new FilePart(merged.Build()));
    }
}
