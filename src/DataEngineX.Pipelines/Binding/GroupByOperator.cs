using System.Buffers;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Folds groups in a hash index of key rows with one columnar state for each aggregate.</summary>
internal sealed class GroupByOperator(
    Schema schema,
    IReadOnlyList<BoundExpression> keys,
    IReadOnlyList<AggregateKind> kinds,
    IReadOnlyList<BoundExpression?> values,
    OperatorContext context) : Operator
{
    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var state = new State(keys, kinds, values, context);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                state.Update(batch);
        }

        foreach (var batch in BatchBuffer.TakeSlices(state.Finish(schema), context.BatchRows))
            yield return batch;
    }

    private sealed class State : IDisposable
    {
        private readonly IReadOnlyList<BoundExpression> _keys;
        private readonly IReadOnlyList<BoundExpression?> _values;
        private readonly OperatorContext _context;
        private readonly GroupIndex? _index;
        private readonly GroupedAccumulator[] _accumulators;
        private long _rows;

        public State(
            IReadOnlyList<BoundExpression> keys, IReadOnlyList<AggregateKind> kinds, IReadOnlyList<BoundExpression?> values, OperatorContext context)
        {
            _keys = keys;
            _values = values;
            _context = context;
            _index = keys.Count == 0 ? null : new GroupIndex([.. keys.Select(k => k.Type)], context.Allocator);
            _accumulators = [.. kinds.Select((kind, i) => GroupedAccumulator.Create(kind, values[i]?.Type ?? Apache.Arrow.Types.Int64Type.Default, context.Allocator))];
        }

        private int Groups => _index?.Count ?? 1;

        public void Update(RecordBatch batch)
        {
            _rows += batch.Length;
            var ids = ArrayPool<int>.Shared.Rent(batch.Length);
            try
            {
                var groupIds = ids.AsSpan(0, batch.Length);
                MapGroups(batch, groupIds);
                for (var i = 0; i < _accumulators.Length; i++)
                {
                    using var column = _values[i]?.Evaluate(batch, _context.Parameters, _context.Allocator);
                    _accumulators[i].Update(column, groupIds, Groups);
                }
            }
            finally
            {
                ArrayPool<int>.Shared.Return(ids);
            }
        }

        public RecordBatch Finish(Schema schema)
        {
            var groups = Groups;
            _context.Rows.Add(RowFlow.Folded, Math.Max(0, _rows - groups));
            _context.Rows.Add(RowFlow.Padded, Math.Max(0, groups - _rows));
            IArrowArray[] columns =
                [.. _index?.BuildKeys(_context.Allocator) ?? [], .. _accumulators.Select(a => a.Finish(groups, _context.Allocator))];
            return new RecordBatch(schema, columns, groups);
        }

        public void Dispose()
        {
            _index?.Dispose();
            foreach (var accumulator in _accumulators)
                accumulator.Dispose();
        }

        private void MapGroups(RecordBatch batch, Span<int> groupIds)
        {
            groupIds.Clear();
            if (_index is null)
                return;
            var columns = new IArrowArray[_keys.Count];
            try
            {
                for (var i = 0; i < columns.Length; i++)
                    columns[i] = _keys[i].Evaluate(batch, _context.Parameters, _context.Allocator);
                _index.Map(columns, groupIds);
            }
            finally
            {
                foreach (var column in columns)
                    column?.Dispose();
            }
        }
    }
}
