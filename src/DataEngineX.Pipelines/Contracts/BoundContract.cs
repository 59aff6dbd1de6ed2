using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundContract(ContractNode node, IReadOnlyList<BoundNode> inputs, IReadOnlyList<(ContractRule Rule, BoundExpression Violates)> rules)
    : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), [.. rules.Select(r => new LineageEdge(0, r.Rule.Column, LineageKind.Filter))]);

    public override IReadOnlyList<SideOutput> SideOutputs => [SideOutput.Quarantine];

    public override Operator CreateOperator(OperatorContext context) => new ContractOperator(this, rules, context);

    private sealed class ContractOperator(BoundContract node, IReadOnlyList<(ContractRule Rule, BoundExpression Violates)> rules, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var quarantine = context.SideOutput(SideOutput.Quarantine.Name);
            await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                RecordBatch? good, bad;
                using (batch)
                    (good, bad) = Split(batch);
                if (bad is not null)
                {
                    context.Rows.Add(RowFlow.Quarantined, bad.Length);
                    try
                    {
                        await quarantine.TakeAsync(bad, cancellationToken).ConfigureAwait(false);
                    }
                    catch
                    {
                        good?.Dispose();
                        throw;
                    }
                }

                if (good is not null)
                    yield return good;
            }
        }

        private (RecordBatch? Good, RecordBatch? Bad) Split(RecordBatch batch)
        {
            var violated = new int[batch.Length];
            System.Array.Fill(violated, -1);
            for (var r = 0; r < rules.Count; r++)
            {
                using var mask = (BooleanArray)rules[r].Violates.Evaluate(batch, context.Parameters, context.Allocator);
                for (var row = 0; row < violated.Length; row++)
                {
                    if (violated[row] < 0 && mask.GetValue(row) == true)
                        violated[row] = r;
                }
            }

            int[] good = [.. Enumerable.Range(0, batch.Length).Where(i => violated[i] < 0)];
            if (good.Length == batch.Length)
                return (batch.SliceShared(0, batch.Length), null);
            return (good.Length == 0 ? null : Selection.Take(batch, good, context.Allocator), SetAside(batch, violated));
        }

        private RecordBatch SetAside(RecordBatch batch, int[] violated)
        {
            var rows = new SetAsideRows(node.Schema);
            for (var row = 0; row < violated.Length; row++)
            {
                if (violated[row] < 0)
                    continue;
                var rule = rules[violated[row]].Rule;
                rows.Add(batch, row, ContractNode.OperatorName, ContractNode.OperatorName, rule.Column, $"Expected otherwise: {rule.Reason}.");
            }

            return rows.Build(context.Allocator);
        }
    }
}
