using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>One thread's share of a sort: it holds batches, and orders and puts them on disk when the workers hold too much.</summary>
internal sealed class SortWorker(SortState state) : IFoldWorker, IDisposable
{
    private const int MostBatches = 50_000;

    private readonly List<SpillFile> _runs = [];
    private HeldRows _held = new(state);

    /// <summary>The ordered runs on disk.</summary>
    public IReadOnlyList<SpillFile> Runs => _runs;

    public HeldRows Held => _held;

    /// <summary>From which ranges the keys on disk are.</summary>
    public SortRange[] Ranges { get; } = state.Plan.NewRanges();

    public ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken)
    {
        if (batch.Length == 0)
            batch.Dispose();
        else
            _held.Take(batch, sequence);
        if (state.IsOverLimit || _held.Rows > HeldRows.MostRows || _held.Batches > MostBatches)
            Spill();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes what is held, ordered, as a run.</summary>
    public void Spill()
    {
        if (_held.Rows == 0)
            return;
        for (var k = 0; k < Ranges.Length; k++)
            Ranges[k].Add(_held.Ranges[k]);
        var batches = _held.InOrder();
        var numbers = new int[batches.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = state.NumberOf(batches[i].Sequence);
        var held = _held;
        _held = new HeldRows(state);
        using var ordering = RowOrdering.Take(held, state, [.. batches.Select(b => b.Batch)], null);
        ordering.Prepare();
        var run = state.Context.CreateSpill(state.Plan.SpillSchema);
        _runs.Add(run);
        var places = new PlaceOfRow(ordering.Chunks, batches, numbers);
        var size = state.SpilledRows;
        for (var part = 0; part < ordering.Parts; part++)
        {
            var length = ordering.LengthOf(part);
            using var rows = new Rented<uint>(length);
            ordering.Sort(part, rows.Span);
            for (var start = 0; start < length; start += size)
                Write(run, ordering.Chunks, rows.Span.Slice(start, Math.Min(size, length - start)), places);
        }
    }

    public void Dispose()
    {
        _held.Dispose();
        foreach (var run in _runs)
            run.Dispose();
    }

    private void Write(SpillFile run, RowChunks chunks, ReadOnlySpan<uint> rows, PlaceOfRow places)
    {
        var plan = state.Plan;
        using var columns = new BatchColumns(plan.Fields.Count + 1);
        for (var c = 0; c < plan.Fields.Count; c++)
        {
            var taken = RowGather.Take(chunks, c, rows, state.Context.Allocator);
            if (plan.Schema.FieldsList[c].DataType is not DictionaryType)
            {
                columns[c] = taken;
                continue;
            }

            using (taken)
                columns[c] = Dictionaries.Decode(taken, state.Context.Allocator);
        }

        using var origins = new OutputBuffer<long>(state.Context.Allocator, rows.Length);
        places.Write(rows, origins.Span);
        columns[plan.Fields.Count] = Assemble.Fixed(Int64Type.Default, rows.Length, null, origins);
        using var batch = columns.Build(plan.SpillSchema, rows.Length);
        run.Write(batch);
    }

    /// <summary>Where in the input a row of a chunk was: the number of its batch, and the row in there.</summary>
    private sealed class PlaceOfRow
    {
        private readonly long[] _first;

        public PlaceOfRow(RowChunks chunks, IReadOnlyList<(RecordBatch Batch, long Sequence)> batches, int[] numbers)
        {
            _first = new long[chunks.Count];
            var b = 0;
            for (var chunk = 0; chunk < _first.Length; chunk++)
            {
                var batch = chunks.Batch(chunk, out var start);
                while (!ReferenceEquals(batches[b].Batch, batch))
                    b++;
                _first[chunk] = ((long)numbers[b] << 32) + start;
            }
        }

        public void Write(ReadOnlySpan<uint> rows, Span<long> places)
        {
            for (var i = 0; i < rows.Length; i++)
                places[i] = _first[rows[i] >> 16] + (rows[i] & 0xFFFF);
        }
    }
}
