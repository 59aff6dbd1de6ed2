using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Makes rows of columns, a few rows of the input at a time so that batches stay as large as they should be: the value columns of a piece are
/// put one after another in the common type, and the output picks from them across.
/// </summary>
internal sealed class UnpivotOperator(UnpivotPlan plan, OperatorContext context) : ParallelOperator
{
    public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => inputs[0].Expand(Expand);

    private IEnumerable<RecordBatch> Expand(RecordBatch batch)
    {
        var rows = Math.Max(1, context.BatchRows / plan.Values.Count);
        foreach (var piece in BatchBuffer.TakeSlices(batch, rows))
        {
            RecordBatch? made;
            using (piece)
                made = Unpivot(piece);
            if (made is not null)
                yield return made;
        }
    }

    private RecordBatch? Unpivot(RecordBatch piece)
    {
        var values = plan.Values.Count;
        using var column = Values(piece);
        var most = checked(piece.Length * values);
        using var parents = new Rented<int>(most);
        using var names = new Rented<int>(most);
        using var picks = new Rented<int>(most);
        var count = Pick(column, piece.Length, parents.Span, names.Span, picks.Span);
        context.Rows.Add(RowFlow.Expanded, most - piece.Length);
        context.Rows.Add(RowFlow.Filtered, most - count);
        if (count == 0)
            return null;
        using var columns = new BatchColumns(plan.Schema.FieldsList.Count);
        var kept = plan.Kept.Count;
        for (var k = 0; k < kept; k++)
            columns[k] = Selection.Take(piece.Column(plan.Kept[k]), parents.Span[..count], context.Allocator);
        using (var all = Names())
            columns[kept] = Selection.Take(all, names.Span[..count], context.Allocator);
        columns[kept + 1] = Selection.Take(column, picks.Span[..count], context.Allocator);
        return columns.Build(plan.Schema, count);
    }

    /// <summary>Fills, for each output row, the row it is made of, the number of its value column, and where its value stands.</summary>
    private int Pick(IArrowArray column, int length, Span<int> parents, Span<int> names, Span<int> picks)
    {
        var valid = Bits.Validity(column.Data);
        var skipsNulls = plan.DropNulls && !valid.AllSet;
        var count = 0;
        for (var row = 0; row < length; row++)
        {
            for (var (value, place) = (0, row); value < plan.Values.Count; value++, place += length)
            {
                if (skipsNulls && !valid[place])
                    continue;
                parents[count] = row;
                names[count] = value;
                picks[count++] = place;
            }
        }

        return count;
    }

    /// <summary>All value columns, one after another, in the common type.</summary>
    private IArrowArray Values(RecordBatch piece)
    {
        var cast = new IArrowArray[plan.Values.Count];
        try
        {
            for (var i = 0; i < cast.Length; i++)
                cast[i] = Cast(piece.Column(plan.Values[i]), plan.Names[i]);
            return Concatenation.Concat(cast, context.Allocator);
        }
        finally
        {
            foreach (var array in cast)
                array?.Dispose();
        }
    }

    private IArrowArray Cast(IArrowArray column, string name)
    {
        try
        {
            return Expressions.ArrowTypes.Same(column.Data.DataType, plan.Type)
                ? ArrowArrayFactory.BuildArray(column.Data.Retain())
                : Casts.Cast(column, plan.Type, context.Allocator);
        }
        catch (Exception e) when (Faults.IsNameless(e))
        {
            throw Faults.At("unpivot", name, e);
        }
    }

    private StringArray Names()
    {
        var names = new StringArray.Builder();
        foreach (var name in plan.Names)
            names.Append(name);
        return names.Build(context.Allocator);
    }
}
