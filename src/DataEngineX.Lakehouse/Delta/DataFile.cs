namespace DataEngineX.Lakehouse.Delta;

/// <summary>A data file of one version of a table: a view of a place in a <see cref="FileBlock"/>, or what an action of the log says. Two are the same when path and deletion vector are.</summary>
internal sealed class DataFile : IEquatable<DataFile>
{
    private readonly FileBlock? _block;
    private readonly int _row;
    private AddAction? _add;
    private string? _path;

    /// <param name="path">The decoded path, by which the log knows the file.</param>
    /// <param name="add">The action that added it.</param>
    internal DataFile(string path, AddAction add)
    {
        _path = path;
        _add = add;
    }

    internal DataFile(FileBlock block, int row)
    {
        _block = block;
        _row = row;
    }

    /// <summary>The decoded path, by which the log knows the file.</summary>
    internal string Path => _path ??= _block!.PathOf(_row);

    /// <summary>The action that added it.</summary>
    internal AddAction Add => _add ??= _block!.AddOf(_row);

    internal long Size => _block?.NumbersOf(_row).Size ?? _add!.Size;

    internal Dictionary<string, string?> PartitionValues => _block?.PartitionValuesOf(_row) ?? _add!.PartitionValues;

    internal DeletionVectorSpec? DeletionVector => _block is null ? _add!.DeletionVector : _block.ExtrasOf(_row)?.DeletionVector;

    /// <summary>The rows in it, those that a deletion vector names too; null when the log does not say.</summary>
    internal long? StoredRows => _block is null ? FileStats.Of(_add!.Stats).RowCount : _block.NumbersOf(_row).StoredRows is >= 0 and var rows ? rows : null;

    /// <summary>What is known of its values.</summary>
    internal FileStats Stats => _block is null ? FileStats.Of(_add!.Stats) : new FileStats(_block.StatsOf(_row));

    public bool Equals(DataFile? other) => other is not null && string.Equals(Path, other.Path, StringComparison.Ordinal) && Equals(DeletionVector, other.DeletionVector);

    public override bool Equals(object? obj) => Equals(obj as DataFile);

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);
}
