using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Calls the code of an opaque step and checks what it gives.</summary>
internal sealed class MapOperator(MapBatchesNode node, Schema schema, OperatorContext context) : BatchOperator
{
    private readonly string _step = $"{node.Operator} {node.Name}";

    public override RecordBatch? Process(RecordBatch batch)
    {
        var made = Call(batch);
        if (made is null)
        {
            context.Rows.Add(RowFlow.Filtered, batch.Length);
            return null;
        }

        var owned = Own(made, batch);
        try
        {
            Check(made, owned);
            var change = made.Length - batch.Length;
            context.Rows.Add(change < 0 ? RowFlow.Filtered : RowFlow.Expanded, Math.Abs(change));
        }
        catch
        {
            DisposeAll(owned);
            throw;
        }

        if (made.Length == 0)
        {
            DisposeAll(owned);
            return null;
        }

        var result = new RecordBatch(ReferenceEquals(schema, node.Schema) ? schema : node.Schema, owned, made.Length);
        return ReferenceEquals(schema, node.Schema) ? result : PlainTypes.Take(result, schema, context.Allocator);
    }

    private RecordBatch? Call(RecordBatch batch)
    {
        try
        {
            return node.Map(batch, context.Allocator);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or MemoryBudgetException))
        {
            throw Faults.At(_step, (e as MalformedDataException)?.Column, e);
        }
    }

    /// <summary>The columns as the operator's own: those of the input are shared, for the input is given back when the call is over.</summary>
    private static IArrowArray[] Own(RecordBatch made, RecordBatch batch)
    {
        var borrowed = batch.Arrays.ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. made.Arrays.Select(a => borrowed.Contains(a) ? ArrowArrayFactory.BuildArray(a.Data.Retain()) : a)];
    }

    private void Check(RecordBatch made, IArrowArray[] columns)
    {
        var fields = node.Schema.FieldsList;
        if (columns.Length != fields.Count)
            throw Wrong(null, $"it gave {columns.Length} columns and declares {fields.Count}: {SchemaTools.Names(node.Schema)}.");
        for (var i = 0; i < columns.Length; i++)
        {
            var (field, column, name) = (fields[i], columns[i], made.Schema.FieldsList[i].Name);
            if (!string.Equals(name, field.Name, StringComparison.Ordinal))
                throw Wrong(field.Name, $"it gave '{name}' where it declares '{field.Name}'.");
            if (!ArrowTypes.Same(column.Data.DataType, field.DataType))
                throw Wrong(field.Name, $"it gave {ArrowTypes.NameOf(column.Data.DataType)} and declares {ArrowTypes.NameOf(field.DataType)}.");
            if (column.Length != made.Length)
                throw Wrong(field.Name, $"it gave {column.Length} values in a batch of {made.Length} rows.");
            if (!field.IsNullable && column.NullCount > 0)
                throw Wrong(field.Name, $"it gave {column.NullCount} nulls, and declares that there are none.");
        }
    }

    private OperatorException Wrong(string? column, string message) =>
        Faults.At(_step, column, new InvalidOperationException(message));

    private static void DisposeAll(IArrowArray[] columns)
    {
        foreach (var column in columns)
            column.Dispose();
    }
}
