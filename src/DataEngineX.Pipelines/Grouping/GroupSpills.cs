using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The scratch files of one level: for each bundle of partitions a file a shape of blocks.</summary>
internal sealed class GroupSpills(GroupPlan plan, EngineContext context) : IDisposable
{
    /// <summary>Partitions that share files, so that few files are open.</summary>
    public const int PartitionsInBundle = 2;

    public const int Bundles = KeyPartitions.Count / PartitionsInBundle;

    private readonly Lock _lock = new();

    /// <summary>The files of each bundle; there from the first write on, as most levels write none.</summary>
    private List<(KeyedShape Shape, SpillFile File)>?[]? _files;

    public bool IsEmpty => _files is null;

    /// <summary>Puts blocks aside, which stay the caller's.</summary>
    public void Write(IReadOnlyList<KeyedBlock> blocks)
    {
        for (var bundle = 0; bundle < Bundles; bundle++)
        {
            var from = bundle * PartitionsInBundle;
            for (var i = 0; i < blocks.Count;)
            {
                // Neighbours of one shape are written as one batch; the place of rows in the input is that of each block.
                var next = i + 1;
                while (!plan.NeedsOrder && next < blocks.Count && blocks[next].Shape.IsSame(blocks[i].Shape))
                    next++;
                Write(bundle, [.. blocks.Skip(i).Take(next - i).Select(b => b.Slice(from, from + PartitionsInBundle)).OfType<KeyedBlock>()]);
                i = next;
            }
        }
    }

    /// <summary>The rows and states of a bundle.</summary>
    public long RowsOf(int bundle) => FilesOf(bundle).Sum(f => f.File.Rows);

    /// <summary>Reads back what belongs to a bundle; blocks are the caller's.</summary>
    public IEnumerable<KeyedBlock> Read(int bundle, MemoryAllocator allocator)
    {
        foreach (var (shape, file) in FilesOf(bundle))
        {
            foreach (var batch in file.Read(allocator))
                yield return new KeyedBlock(shape, batch, [0, batch.Length], PlaceOf(shape, batch));
            file.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (_, file) in Enumerable.Range(0, _files is null ? 0 : Bundles).SelectMany(FilesOf))
            file.Dispose();
    }

    private void Write(int bundle, KeyedBlock[] slices)
    {
        if (slices.Length == 0)
            return;
        try
        {
            var file = FileOf(bundle, slices[0].Shape);
            using var all = Concatenation.Concat([.. slices.Select(s => s.Batch)], context.Allocator);
            using var placed = WithPlace(slices[0], all);
            file.Write(placed);
        }
        finally
        {
            foreach (var slice in slices)
                slice.Dispose();
        }
    }

    private IReadOnlyList<(KeyedShape Shape, SpillFile File)> FilesOf(int bundle) => _files?[bundle] ?? [];

    private SpillFile FileOf(int bundle, KeyedShape shape)
    {
        lock (_lock)
        {
            var files = (_files ??= new List<(KeyedShape, SpillFile)>?[Bundles])[bundle] ??= [];
            var known = files.FindIndex(f => f.Shape.IsSame(shape));
            if (known >= 0)
                return files[known].File;
            var schema = HasPlace(shape) ? new Schema([.. shape.Schema.FieldsList, .. PlaceFields], null) : shape.Schema;
            files.Add((shape, context.CreateSpill(schema)));
            return files[^1].File;
        }
    }

    private static readonly Field[] PlaceFields = [new("batch", Int64Type.Default, false), new("row", Int32Type.Default, false)];

    private bool HasPlace(KeyedShape shape) => plan.NeedsOrder && !shape.IsPartial;

    private RecordBatch WithPlace(KeyedBlock block, RecordBatch batch)
    {
        if (!HasPlace(block.Shape))
            return batch.SliceShared(0, batch.Length);
        using var shared = batch.SliceShared(0, batch.Length);
        IArrowArray[] columns =
        [
            .. Enumerable.Range(0, batch.ColumnCount).Select(i => Assemble.Share(batch.Column(i))),
            Constants.Create(Int64Type.Default, block.First.Batch, batch.Length, context.Allocator),
            Constants.Create(Int32Type.Default, block.First.Row, batch.Length, context.Allocator),
        ];
        return new RecordBatch(new Schema([.. block.Shape.Schema.FieldsList, .. PlaceFields], null), columns, batch.Length);
    }

    private RowPlace PlaceOf(KeyedShape shape, RecordBatch batch) => HasPlace(shape)
        ? new RowPlace(((Int64Array)batch.Column(batch.ColumnCount - 2)).Values[0], ((Int32Array)batch.Column(batch.ColumnCount - 1)).Values[0])
        : default;
}
