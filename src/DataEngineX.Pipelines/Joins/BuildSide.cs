using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>The side of a join that is held: its rows in chunks, the table over their keys, and which of them found a partner.</summary>
internal sealed class BuildSide : IDisposable
{
    private readonly RecordBatch[] _chunks;
    private readonly ChunkedColumn?[] _columns;
    private readonly BuildKeys _keys;
    private readonly OperatorMemory _memory;
    private readonly long _held;
    private OutputBuffer<byte>? _marks;

    private BuildSide(RecordBatch[] chunks, ChunkedColumn?[] columns, BuildKeys keys, JoinTable table, OutputBuffer<byte>? marks, OperatorMemory memory, long held)
    {
        _chunks = chunks;
        _columns = columns;
        _keys = keys;
        Table = table;
        _marks = marks;
        _memory = memory;
        _held = held;
    }

    public JoinTable Table { get; }

    /// <summary>The evaluated keys.</summary>
    public BuildKeys HeldKeys => _keys;

    public IReadOnlyList<RecordBatch> Chunks => _chunks;

    public int Shift => _keys.Shift;

    /// <summary>One byte a row that found a partner; empty where nobody asks. Threads may set the same byte.</summary>
    public Span<byte> Marks => _marks is null ? [] : _marks.Span;

    /// <summary>Makes the side of chunks, which it takes, on the threads of the run.</summary>
    /// <param name="chunks">Rows in chunks; disposed on failure too.</param>
    /// <param name="held">The bytes the memory counts for the chunks.</param>
    /// <param name="plan">The join.</param>
    /// <param name="context">The operator's context.</param>
    /// <param name="memory">The operator's memory.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<BuildSide> CreateAsync(
        ChunkList chunks, long held, JoinPlan plan, EngineContext context, OperatorMemory memory, CancellationToken cancellationToken)
    {
        BuildKeys? keys = null;
        JoinTable? table = null;
        try
        {
            keys = await EvaluateAsync(chunks, plan, context, cancellationToken).ConfigureAwait(false);
            table = plan.AsOf is null
                ? await JoinTables.FillAsync(keys, context, memory, cancellationToken).ConfigureAwait(false)
                : await AsOfTables.FillAsync(plan, keys, context, memory, cancellationToken).ConfigureAwait(false);
            return Create(chunks, held, plan, memory, keys, table);
        }
        catch
        {
            GiveUp(chunks, held, memory, keys, table);
            throw;
        }
    }

    /// <summary>Makes the side of chunks, which it takes, on this thread.</summary>
    public static BuildSide Create(ChunkList chunks, long held, JoinPlan plan, EngineContext context, OperatorMemory memory)
    {
        BuildKeys? keys = null;
        JoinTable? table = null;
        try
        {
            keys = Evaluate(chunks, plan, context);
            table = JoinTables.Fill(keys, memory);
            return Create(chunks, held, plan, memory, keys, table);
        }
        catch
        {
            GiveUp(chunks, held, memory, keys, table);
            throw;
        }
    }

    /// <summary>A column of the rows given by number; -1 gives null.</summary>
    public IArrowArray Take(int column, RowPicks picks, MemoryAllocator allocator) => _columns[column]!.Take(picks, allocator);

    public void Dispose()
    {
        foreach (var column in _columns)
            column?.Dispose();
        _marks?.Dispose();
        _marks = null;
        Table.Dispose();
        _keys.Dispose();
        foreach (var chunk in _chunks)
            chunk.Dispose();
        _memory.Hold(-_held);
    }

    private static BuildSide Create(ChunkList chunks, long held, JoinPlan plan, OperatorMemory memory, BuildKeys keys, JoinTable table)
    {
        var columns = Pin(chunks, plan, memory);
        try
        {
            var marks = plan.MarksBuild ? new OutputBuffer<byte>(memory, keys.AddressRange, clear: true) : null;
            return new BuildSide(chunks.Batches, columns, keys, table, marks, memory, held);
        }
        catch
        {
            foreach (var column in columns)
                column?.Dispose();
            throw;
        }
    }

    private static void GiveUp(ChunkList chunks, long held, OperatorMemory memory, BuildKeys? keys, JoinTable? table)
    {
        table?.Dispose();
        keys?.Dispose();
        chunks.Dispose();
        memory.Hold(-held);
    }

    private static BuildKeys Evaluate(ChunkList chunks, JoinPlan plan, EngineContext context)
    {
        var evaluated = new ProbeKeys[chunks.Batches.Length];
        try
        {
            for (var c = 0; c < evaluated.Length; c++)
                evaluated[c] = ProbeKeys.Evaluate(chunks.Batches[c], plan.BuildKeys, context);
            return Keys(evaluated, chunks, plan, context);
        }
        catch
        {
            foreach (var keys in evaluated)
                keys?.Dispose();
            throw;
        }
    }

    private static async ValueTask<BuildKeys> EvaluateAsync(
        ChunkList chunks, JoinPlan plan, EngineContext context, CancellationToken cancellationToken)
    {
        var evaluated = new ProbeKeys[chunks.Batches.Length];
        try
        {
            await Workers.RunAsync(
                context,
                evaluated.Length,
                (chunk, _) =>
                {
                    evaluated[chunk] = ProbeKeys.Evaluate(chunks.Batches[chunk], plan.BuildKeys, context);
                    return ValueTask.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            return Keys(evaluated, chunks, plan, context);
        }
        catch
        {
            foreach (var keys in evaluated)
                keys?.Dispose();
            throw;
        }
    }

    private static BuildKeys Keys(ProbeKeys[] evaluated, ChunkList chunks, JoinPlan plan, EngineContext context) =>
        new([.. plan.BuildKeys.Select(k => Plain(k.Type))], evaluated, chunks.Shift, context.Allocator);

    private static IArrowType Plain(IArrowType type) =>
        type is DictionaryType dictionary ? dictionary.ValueType : type;

    /// <summary>Holds the columns in place that the output or the condition takes from this side.</summary>
    private static ChunkedColumn?[] Pin(ChunkList chunks, JoinPlan plan, OperatorMemory memory)
    {
        var schema = plan.Inputs[plan.BuildInput];
        var columns = new ChunkedColumn?[schema.FieldsList.Count];
        try
        {
            foreach (var column in plan.Columns.Concat(plan.Condition?.Columns ?? []))
            {
                var ordinal = plan.BuildsLeft ? column.Left : column.Right;
                if (ordinal >= 0 && columns[ordinal] is null)
                {
                    columns[ordinal] = new ChunkedColumn(
                        schema.FieldsList[ordinal].DataType, [.. chunks.Batches.Select(b => b.Column(ordinal))], chunks.Shift, memory);
                }
            }

            return columns;
        }
        catch
        {
            foreach (var column in columns)
                column?.Dispose();
            throw;
        }
    }
}
