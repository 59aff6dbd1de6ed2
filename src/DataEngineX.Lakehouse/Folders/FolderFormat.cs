using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse;

/// <summary>What the files of a folder are made of.</summary>
internal abstract class FolderFormat
{
    /// <summary>The end of the names of files.</summary>
    internal abstract string Extension { get; }

    /// <summary>Whether columns are found by name, so that files of one folder may differ in them.</summary>
    internal virtual bool NamesColumns => true;

    internal abstract void WriteCanonical(CanonicalWriter writer);

    /// <summary>Refuses columns that cannot be written.</summary>
    internal abstract void Check(Schema schema, string disposition);

    /// <summary>Begins a file. The stream stays open and is the caller's.</summary>
    internal abstract ValueTask<IFileEncoder> CreateAsync(Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken);
}
