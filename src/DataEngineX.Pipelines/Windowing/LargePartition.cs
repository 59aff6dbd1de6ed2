using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Computes one partition piece by piece: held are the rows that frames still look at. Where a column needs the end of the partition, its rows
/// are put on disk while they are surveyed, and computed when they are read again.
/// </summary>
internal sealed class LargePartition : IDisposable
{
    private readonly WindowPlan _plan;
    private readonly EngineContext _context;
    private readonly PieceBounds[] _bounds;
    private readonly PieceColumn[] _columns;
    private readonly SpillFile? _file;
    private readonly PeerTracker? _peers;
    private readonly List<RecordBatch> _held = [];
    private int _atHand;
    private int _done;
    private long _start;
    private int _batches;

    public LargePartition(WindowPlan plan, EngineContext context)
    {
        _plan = plan;
        _context = context;
        _bounds = [.. plan.Functions.Select(f => f.Frame).OfType<FramePlan>().Distinct().Select(f => new PieceBounds(f, context.Allocator))];
        _columns = [.. plan.Functions.Select(f => PieceColumn.Create(f, System.Array.Find(_bounds, b => b.Frame == f.Frame), context))];
        if (!_columns.Any(c => c.NeedsSurvey))
            return;
        _file = context.CreateSpill(new Schema(plan.Sort.Fields, null));
        _peers = plan.UsesPeers ? new PeerTracker(plan, plan.Sort.Orders.Count) : null;
    }

    /// <summary>Takes the next rows and yields what can be computed.</summary>
    public IEnumerable<RecordBatch> Take(RecordBatch batch)
    {
        if (_file is null)
            return Add(batch, isLast: false);
        using (batch)
            Survey(batch);
        return [];
    }

    /// <summary>Yields the rest of the partition.</summary>
    public IEnumerable<RecordBatch> Finish()
    {
        if (_file is null)
            return Compute(isLast: true);
        foreach (var column in _columns)
            column.EndSurvey();
        return Replay(_file);
    }

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
        FreeBounds();
        foreach (var batch in _held)
            batch.Dispose();
        _held.Clear();
        _peers?.Dispose();
        _file?.Dispose();
    }

    private void Survey(RecordBatch batch)
    {
        using var buffer = new OutputBuffer<bool>(_context.Allocator, _peers is null ? 0 : batch.Length);
        _peers?.Mark(batch, buffer.Span);
        foreach (var column in _columns)
            column.Survey(batch, buffer.Span);
        using var columns = new BatchColumns(batch.ColumnCount);
        for (var c = 0; c < batch.ColumnCount; c++)
        {
            columns[c] = batch.Column(c) is DictionaryArray encoded
                ? Dictionaries.Decode(encoded, _context.Allocator)
                : ArrowArrayFactory.BuildArray(batch.Column(c).Data.Retain());
        }

        using var plain = columns.Build(new Schema(_plan.Sort.Fields, null), batch.Length);
        _file!.Write(plain);
    }

    private IEnumerable<RecordBatch> Replay(SpillFile file)
    {
        var left = file.Rows;
        foreach (var batch in file.Read(_context.Allocator))
        {
            left -= batch.Length;
            foreach (var made in Add(Restored.Of(batch, _plan.Sort.Schema, _context.Allocator), left == 0))
                yield return made;
        }
    }

    private IEnumerable<RecordBatch> Add(RecordBatch batch, bool isLast)
    {
        _held.Add(batch);
        _batches++;
        var looksBackAt = _held[0].Length;
        _atHand += batch.Length;
        // Rows that are looked back at are copied each time, so what is new must be worth it.
        return isLast || _held.Count == 1 || _atHand >= 2 * looksBackAt ? Compute(isLast) : [];
    }

    private IEnumerable<RecordBatch> Compute(bool isLast)
    {
        if (_held.Count == 0)
            return [];
        var all = Concatenation.Concat(_held, _context.Allocator);
        foreach (var batch in _held)
            batch.Dispose();
        _held.Clear();
        _held.Add(all);
        using var marks = new OutputBuffer<bool>(_context.Allocator, 2 * all.Length, clear: true);
        var starts = marks.Span[..all.Length];
        var peers = _plan.UsesPeers ? marks.Span[all.Length..] : [];
        starts[0] = true;
        if (_plan.UsesPeers)
            _plan.MarkPeers(all, peers);
        var piece = new Piece { Rows = all, Start = _start, Batches = _batches, IsLast = isLast, Starts = starts, Peers = peers };
        foreach (var bounds in _bounds)
            bounds.Fill(piece);
        var ready = all.Length;
        foreach (var column in _columns)
            ready = Math.Min(ready, column.ReadyTo(piece));
        ready = Math.Max(ready, _done);
        var made = ready > _done ? Build(piece, _done, ready) : null;
        try
        {
            GiveUp(piece, ready);
        }
        catch
        {
            made?.Dispose();
            throw;
        }

        return made is null ? [] : BatchBuffer.TakeSlices(made, _context.BatchRows);
    }

    private RecordBatch Build(in Piece piece, int from, int to)
    {
        using var columns = new BatchColumns(_plan.Schema.FieldsList.Count);
        using var rows = piece.Rows.SliceShared(from, to - from);
        for (var c = 0; c < rows.ColumnCount; c++)
            columns[c] = ArrowArrayFactory.BuildArray(rows.Column(c).Data.Retain());
        for (var f = 0; f < _columns.Length; f++)
            columns[rows.ColumnCount + f] = Named(f, piece, from, to);
        return columns.Build(_plan.Schema, rows.Length);
    }

    private IArrowArray Named(int function, in Piece piece, int from, int to)
    {
        try
        {
            return _columns[function].Compute(piece, from, to);
        }
        catch (Exception e) when (Faults.IsNameless(e))
        {
            throw Faults.At(WindowPlan.Operator, _plan.Functions[function].Column.Name, e);
        }
    }

    /// <summary>Keeps the rows that later ones look at, and one at least, with which the next is compared.</summary>
    private void GiveUp(in Piece piece, int next)
    {
        var keep = Math.Max(0, next - 1);
        foreach (var column in _columns)
            keep = Math.Min(keep, column.KeepFrom(piece, next));
        foreach (var column in _columns)
            column.GiveUp(piece, keep);
        FreeBounds();
        var all = _held[0];
        _held[0] = all.SliceShared(keep, all.Length - keep);
        all.Dispose();
        _start += keep;
        _done = next - keep;
        _atHand = all.Length - keep;
    }

    private void FreeBounds()
    {
        foreach (var bounds in _bounds)
            bounds.Dispose();
    }
}
