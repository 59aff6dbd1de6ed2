using System.Linq.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Groups of rows, waiting for their aggregates.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TKey">The key type.</typeparam>
public sealed class GroupedFlow<T, TKey>
{
    private readonly PlanNode _input;
    private readonly Expression<Func<T, TKey>> _key;

    internal GroupedFlow(PlanNode input, Expression<Func<T, TKey>> key)
    {
        _input = input;
        _key = key;
    }

    /// <summary>Folds each group into one row.</summary>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="row">Usually <c>g =&gt; new { Station = g.Key, Max = g.Max(r =&gt; r.TempC) }</c>.</param>
    public Flow<TResult> Aggregate<TResult>(Expression<Func<IGroup<T, TKey>, TResult>> row) => TypedGroupBy.Build<T, TKey, TResult>(_input, _key, row);
}
