using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// One thread's share of a group-by: a table of its own until that is full. If the table did not bring rows together, the rows that follow are only
/// sorted into hash partitions; otherwise its states are, and a new table begins.
/// </summary>
internal sealed class GroupWorker : IFoldWorker, IDisposable
{
    /// <summary>Groups beyond which a table would no longer lie in the caches.</summary>
    private const int FullTable = 1 << 18;

    /// <summary>A table brings rows together if it has at least so many for each group.</summary>
    private const int RowsPerGroup = 2;

    /// <summary>Below this nothing is put aside: it would not free what other operators hold.</summary>
    private const int WorthSpilling = 1 << 10;

    private readonly GroupFold _fold;
    private readonly KeyedBlocks _makeBlocks;
    private readonly List<KeyedBlock> _blocks = [];
    private KeyLayout _layout;
    private bool _onlySorts;

    /// <param name="fold">The fold it works for.</param>
    /// <param name="expected">Groups for which its first table has room at once.</param>
    public GroupWorker(GroupFold fold, int expected = 0)
    {
        _fold = fold;
        _makeBlocks = new KeyedBlocks(fold.Plan, fold.Memory);
        _layout = KeyLayout.Create(fold.Plan.KeyTypes);
        Table = new GroupTable(fold.Plan, fold.Memory, expected);
    }

    public GroupTable Table { get; private set; }

    /// <summary>Rows and states in hash partitions.</summary>
    public IReadOnlyList<KeyedBlock> Blocks => _blocks;

    public long RowsIn { get; private set; }

    /// <summary>How many groups there are, guessed when the first table was given up; none without one that was.</summary>
    public double? Groups { get; private set; }

    public ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken)
    {
        using (batch)
        {
            RowsIn += batch.Length;
            using var rows = GroupRows.Evaluate(_fold.Plan, batch, keepsDictionary: !_onlySorts, _fold.Context);
            if (_onlySorts)
                _blocks.Add(_makeBlocks.OfRows(rows, ref _layout, _fold.Level, new RowPlace(sequence, 0)));
            else
                Table.Update(rows, new RowPlace(sequence, 0));
        }

        if (_fold.Plan.Keys.Count > 0)
            MakeRoom();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes the rows or states of some partitions from a level above; the block is borrowed.</summary>
    public void Add(KeyedBlock block, int from, int to)
    {
        if (!_onlySorts)
        {
            block.AddTo(Table, from, to);
        }
        else if (block.Slice(from, to) is { } slice)
        {
            using (slice)
                _blocks.Add(_makeBlocks.OfBlock(slice, _fold.Level));
        }

        MakeRoom();
    }

    /// <summary>Sorts what the table holds into partitions.</summary>
    public void Flush()
    {
        if (Table.Groups == 0)
            return;
        Groups ??= DistinctEstimate.Of(Table.Rows, Table.Groups);
        _blocks.Add(_makeBlocks.OfTable(Table, _fold.Level));
        Table.Dispose();
        Table = new GroupTable(_fold.Plan, _fold.Memory);
    }

    /// <summary>Puts everything aside.</summary>
    public void Spill()
    {
        SpillTable();
        SpillBlocks();
    }

    /// <summary>Puts all blocks aside.</summary>
    public void SpillBlocks()
    {
        if (_blocks.Count == 0)
            return;
        _fold.Spills.Write(_blocks);
        DropBlocks();
    }

    public void Dispose()
    {
        Table.Dispose();
        DropBlocks();
    }

    private void MakeRoom()
    {
        if (_fold.Level == 0 && Table.Groups >= FullTable)
        {
            _onlySorts |= Table.Rows < RowsPerGroup * (long)Table.Groups;
            Flush();
        }

        if (!_fold.IsTight || _fold.Level >= KeyPartitions.DeepestLevel)
            return;
        if (Table.Groups >= WorthSpilling || (_fold.Plan.KeepsRows && Table.Rows >= WorthSpilling))
        {
            // Once on disk, states that grow with every row would only be written again and again.
            _onlySorts |= _fold.Plan.KeepsRows || Table.Rows < RowsPerGroup * (long)Table.Groups;
            SpillTable();
        }

        if (_blocks.Sum(b => (long)b.Batch.Length) >= WorthSpilling)
            SpillBlocks();
    }

    private void SpillTable()
    {
        if (Table.Groups == 0)
            return;
        Groups ??= DistinctEstimate.Of(Table.Rows, Table.Groups);
        _makeBlocks.Spill(Table, _fold.Level, _fold.Spills);
        Table.Dispose();
        Table = new GroupTable(_fold.Plan, _fold.Memory);
    }

    private void DropBlocks()
    {
        foreach (var block in _blocks)
            block.Dispose();
        _blocks.Clear();
    }
}
