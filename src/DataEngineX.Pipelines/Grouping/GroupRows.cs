using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Keys and values computed over one batch, dictionaries decoded, but for a single key where it may stay one.</summary>
internal sealed class GroupRows : IDisposable
{
    private GroupRows(GroupPlan plan, int length)
    {
        Keys = new IArrowArray[plan.Keys.Count];
        Values = new IArrowArray?[plan.Aggregates.Count];
        Others = new IArrowArray?[plan.Aggregates.Count];
        Length = length;
    }

    public IArrowArray[] Keys { get; }

    public IArrowArray?[] Values { get; }

    public IArrowArray?[] Others { get; }

    public int Length { get; }

    public static GroupRows Evaluate(GroupPlan plan, RecordBatch batch, bool keepsDictionary, OperatorContext context)
    {
        var rows = new GroupRows(plan, batch.Length);
        try
        {
            for (var i = 0; i < plan.Keys.Count; i++)
                rows.Keys[i] = Evaluate(plan.Keys[i], batch, keepsDictionary && plan.Keys.Count == 1, context)!;
            for (var i = 0; i < plan.Aggregates.Count; i++)
            {
                rows.Values[i] = Evaluate(plan.Aggregates[i].Value, batch, false, context);
                rows.Others[i] = Evaluate(plan.Aggregates[i].Other, batch, false, context);
            }

            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var array in Keys.Concat(Values).Concat(Others))
            array?.Dispose();
    }

    private static IArrowArray? Evaluate(BoundExpression? expression, RecordBatch batch, bool keepsDictionary, OperatorContext context)
    {
        var array = expression?.Evaluate(batch, context.Parameters, context.Allocator);
        if (array is null || array.Data.DataType is not DictionaryType || (keepsDictionary && array.Data.Dictionary.Length <= array.Length))
            return array;
        using (array)
            return Dictionaries.Decode(array, context.Allocator);
    }
}
