using System.Collections;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// The data files of a version, in the order in which they were added, which is the order of the table's rows. Immutable; versions that follow
/// each other share their blocks. Files are made into objects only while somebody looks at them.
/// </summary>
internal sealed class FileSet : IReadOnlyCollection<DataFile>
{
    private readonly FilePart[] _parts;

    internal FileSet(FilePart[] parts, FileTotals totals)
    {
        _parts = parts;
        Totals = totals;
    }

    internal static FileSet Empty { get; } = new([], default);

    public int Count => Totals.Files;

    internal FileTotals Totals { get; }

    internal IReadOnlyList<FilePart> Parts => _parts;

    /// <summary>The file of a decoded path, or null.</summary>
    internal DataFile? Find(string path)
    {
        var hash = FileBlockBuilder.Hash(path);
        foreach (var part in _parts)
        {
            var row = part.Block.Find(hash, path);
            if (row >= 0 && part.Has(row))
                return new DataFile(part.Block, row);
        }

        return null;
    }

    public IEnumerator<DataFile> GetEnumerator()
    {
        foreach (var part in _parts)
        {
            for (var row = 0; row < part.Block.Count; row++)
            {
                if (part.Has(row))
                    yield return new DataFile(part.Block, row);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
