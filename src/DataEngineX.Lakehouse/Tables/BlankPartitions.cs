using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// The log has no text for a partition value that is empty but not null: there the empty text is null. So it is null from the start, before rows are
/// checked and matched.
/// </summary>
internal sealed class BlankPartitions
{
    private static readonly RunParameters Parameters = new(DateTimeOffset.UnixEpoch);

    private readonly Dictionary<int, BoundExpression> _columns = [];

    /// <param name="schema">The first columns of the rows.</param>
    /// <param name="partitionedBy">The partition columns; those that the rows do not have do not count.</param>
    internal BlankPartitions(Schema schema, IReadOnlyList<string> partitionedBy)
    {
        foreach (var (i, field) in schema.FieldsList.Index())
        {
            if (!partitionedBy.Contains(field.Name, StringComparer.Ordinal))
                continue;
            object? empty = field.DataType switch
            {
                StringType => "",
                BinaryType => System.Array.Empty<byte>(),
                _ => null,
            };
            if (empty is not null)
                _columns[i] = ExpressionBinder.Bind(new ColumnExpr(field.Name).NullIf(new LiteralExpr(empty)), schema);
        }
    }

    /// <summary>The rows with nulls for what is empty.</summary>
    /// <param name="batch">Taken.</param>
    /// <param name="allocator">For columns made anew.</param>
    /// <returns>The batch, or one in its place; the caller owns it.</returns>
    internal RecordBatch Apply(RecordBatch batch, MemoryAllocator allocator)
    {
        if (!_columns.Keys.Any(i => HasBlank(batch.Column(i))))
            return batch;
        using (batch)
        {
            var arrays = new List<IArrowArray>(batch.ColumnCount);
            try
            {
                for (var i = 0; i < batch.ColumnCount; i++)
                {
                    arrays.Add(_columns.TryGetValue(i, out var column)
                        ? column.Evaluate(batch, Parameters, allocator)
                        : ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
                }

                return new RecordBatch(batch.Schema, arrays, batch.Length);
            }
            catch
            {
                foreach (var array in arrays)
                    array.Dispose();
                throw;
            }
        }
    }

    private static bool HasBlank(IArrowArray column)
    {
        if (column is not BinaryArray bytes)
            return false;
        var offsets = bytes.ValueOffsets;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (offsets[i] == offsets[i + 1] && bytes.IsValid(i))
                return true;
        }

        return false;
    }
}
