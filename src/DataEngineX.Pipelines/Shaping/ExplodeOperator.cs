using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes rows of the items of lists, in batches of the size wanted however long the lists are.</summary>
internal sealed class ExplodeOperator(Schema schema, int[] lists, bool keepEmpty, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => inputs[0].Expand(Expand);

    private IEnumerable<RecordBatch> Expand(RecordBatch batch)
    {
        using (batch)
        {
            var cursor = new ListCursor([.. lists.Select(batch.Column)], [.. lists.Select(l => schema.FieldsList[l].Name)], keepEmpty, context.Rows);
            while (Next(batch, cursor) is { } made)
                yield return made;
        }
    }

    private RecordBatch? Next(RecordBatch batch, ListCursor cursor)
    {
        using var parents = new Rented<int>(context.BatchRows);
        using var places = new Rented<int>(context.BatchRows);
        var count = cursor.Fill(parents.Span, places.Span);
        if (count == 0)
            return null;
        using var items = new Rented<int>(count);
        using var columns = new BatchColumns(batch.ColumnCount);
        for (var c = 0; c < batch.ColumnCount; c++)
        {
            var column = batch.Column(c);
            if (System.Array.IndexOf(lists, c) < 0)
            {
                columns[c] = Selection.Take(column, parents.Span[..count], context.Allocator);
                continue;
            }

            ListCursor.Items(column, parents.Span[..count], places.Span[..count], items.Span);
            columns[c] = Gather.Run("explode", column.Data.Children[0], items.Span, context.Allocator);
        }

        return columns.Build(schema, count);
    }
}
