using System.Buffers;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hash join: the right side is read whole and indexed by key, the left side streams past it in its order.</summary>
internal sealed class JoinOperator(
    JoinKind kind,
    Schema schema,
    Schema rightSchema,
    IReadOnlyList<BoundExpression> leftKeys,
    IReadOnlyList<BoundExpression> rightKeys,
    IReadOnlyList<int> rightColumns,
    OperatorContext context) : Operator
{
    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var right = await BatchBuffer.ReadAllAsync(inputs[1], rightSchema, context.Allocator, cancellationToken).ConfigureAwait(false);
        context.Rows.Add(RowFlow.Folded, right.Length);
        using var build = JoinBuild.Create(right, rightKeys, context);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RecordBatch? joined;
            using (batch)
                joined = Probe(batch, right, build);
            if (joined is not null)
                yield return joined;
        }
    }

    private RecordBatch? Probe(RecordBatch batch, RecordBatch right, JoinBuild build)
    {
        var ids = ArrayPool<int>.Shared.Rent(batch.Length);
        try
        {
            var groups = ids.AsSpan(0, batch.Length);
            build.Find(batch, leftKeys, groups);
            var (left, partners) = Match(groups, build);
            return left.Count == 0 ? null : Assemble(batch, right, left, partners);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ids);
        }
    }

    private (List<int> Left, List<int> Partners) Match(ReadOnlySpan<int> groups, JoinBuild build)
    {
        var left = new List<int>(groups.Length);
        var partners = new List<int>(groups.Length);
        long matched = 0, unmatched = 0;
        for (var row = 0; row < groups.Length; row++)
        {
            var rows = groups[row] < 0 ? [] : build.RowsOf(groups[row]);
            _ = rows.Length > 0 ? matched++ : unmatched++;
            switch (kind)
            {
                case JoinKind.Inner or JoinKind.Left:
                    foreach (var partner in rows)
                    {
                        left.Add(row);
                        partners.Add(partner);
                    }

                    if (rows.Length == 0 && kind == JoinKind.Left)
                    {
                        left.Add(row);
                        partners.Add(-1);
                    }

                    break;
                case JoinKind.Semi when rows.Length > 0:
                case JoinKind.Anti when rows.Length == 0:
                    left.Add(row);
                    break;
            }
        }

        Account(left.Count, matched, unmatched);
        return (left, partners);
    }

    private void Account(long output, long matched, long unmatched)
    {
        var kept = kind switch
        {
            JoinKind.Inner or JoinKind.Semi => matched,
            JoinKind.Anti => unmatched,
            _ => matched + unmatched,
        };
        context.Rows.Add(kind == JoinKind.Anti ? RowFlow.Filtered : RowFlow.Unmatched, matched + unmatched - kept);
        context.Rows.Add(RowFlow.Expanded, output - kept);
    }

    private RecordBatch Assemble(RecordBatch batch, RecordBatch right, List<int> left, List<int> partners)
    {
        var leftRows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(left);
        var rightRows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(partners);
        var columns = new IArrowArray[schema.FieldsList.Count];
        try
        {
            for (var i = 0; i < batch.ColumnCount; i++)
                columns[i] = Selection.Take(batch.Column(i), leftRows, context.Allocator);
            for (var i = 0; i < rightColumns.Count; i++)
                columns[batch.ColumnCount + i] = Selection.Take(right.Column(rightColumns[i]), rightRows, context.Allocator);
            return new RecordBatch(schema, columns, left.Count);
        }
        catch
        {
            foreach (var column in columns)
                column?.Dispose();
            throw;
        }
    }
}
