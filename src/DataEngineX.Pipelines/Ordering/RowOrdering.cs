using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Rows held in memory and their order, in ranges that follow each other; each range is read once.</summary>
internal sealed class RowOrdering : IDisposable
{
    private readonly HeldRows _held;
    private readonly SortState _state;
    private readonly RowChunks _chunks;
    private readonly SortedRows _sorted;

    private RowOrdering(HeldRows held, SortState state, RowChunks chunks, SortedRows sorted)
    {
        _held = held;
        _state = state;
        _chunks = chunks;
        _sorted = sorted;
    }

    public RowChunks Chunks => _chunks;

    public int Parts => _sorted.Parts;

    /// <summary>Starts to order rows.</summary>
    /// <param name="held">The rows; taken, also when this throws.</param>
    /// <param name="state">What the workers of the sort share.</param>
    /// <param name="batches">The rows in the order of the input.</param>
    /// <param name="wholeKeys">Rows equal in so many leading keys stay in one range; null where any cut will do.</param>
    public static RowOrdering Take(HeldRows held, SortState state, IReadOnlyList<RecordBatch> batches, int? wholeKeys)
    {
        RowChunks? chunks = null;
        try
        {
            chunks = new RowChunks(state.Plan.Schema, batches);
            return new RowOrdering(held, state, chunks, new SortedRows(chunks, state.Plan.Orders, held.Ranges, wholeKeys, state.Memory));
        }
        catch
        {
            chunks?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Finds the ranges, on all threads.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await EachAsync(_sorted.Encode).ConfigureAwait(false);
        _sorted.Split();
        await EachAsync(_sorted.Count).ConfigureAwait(false);
        _sorted.Place();
        await EachAsync(_sorted.Spread).ConfigureAwait(false);

        ValueTask EachAsync(Action<int> step) => Workers.RunAsync(
            _state.Context,
            _sorted.Tasks,
            (task, _) =>
            {
                step(task);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Finds the ranges on this thread.</summary>
    public void Prepare() => _sorted.Prepare();

    public int LengthOf(int part) => _sorted.LengthOf(part);

    /// <summary>The rows of a range in order.</summary>
    public void Sort(int part, Span<uint> rows) => _sorted.Sort(part, rows);

    /// <summary>The rows of a range as batches.</summary>
    public IEnumerable<RecordBatch> Read(int part)
    {
        var length = LengthOf(part);
        if (length == 0)
            yield break;
        using var rows = new OutputBuffer<uint>(_state.Memory, length);
        Sort(part, rows.Span);
        var size = _state.OutputRows;
        for (var start = 0; start < length; start += size)
            yield return RowGather.Take(_chunks, rows.Span.Slice(start, Math.Min(size, length - start)), _state.Context.Allocator);
    }

    /// <summary>The rows of a range as one batch, or null when there are none.</summary>
    public RecordBatch? ReadWhole(int part)
    {
        var length = LengthOf(part);
        if (length == 0)
            return null;
        using var rows = new Rented<uint>(length);
        Sort(part, rows.Span);
        return RowGather.Take(_chunks, rows.Span, _state.Context.Allocator);
    }

    public void Dispose()
    {
        _sorted.Dispose();
        _chunks.Dispose();
        _held.Dispose();
    }
}
