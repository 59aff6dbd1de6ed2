using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A lazily described stream of batches whose rows look like <typeparamref name="T"/>. Lambdas are translated, never run per row.</summary>
/// <typeparam name="T">A record, class or anonymous type whose members name columns.</typeparam>
public class Flow<T> : Flow
{
    /// <summary>Wraps a plan.</summary>
    /// <param name="node">The root of the plan.</param>
    public Flow(PlanNode node)
        : base(node)
    {
    }

    /// <summary>The same plan with a further operator on top that keeps the row type.</summary>
    /// <param name="node">An operator over <see cref="Flow.Node"/>.</param>
    public new Flow<T> With(PlanNode node) => new(node);

    /// <summary>Keeps the rows for which a condition is true.</summary>
    /// <param name="predicate">The condition; false and null drop a row.</param>
    public Flow<T> Where(Expression<Func<T, bool>> predicate) => new(new FilterNode(Node, LambdaTranslator.Translate(predicate)));

    /// <summary>Computes the members of a new row from each row.</summary>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="row">Usually <c>r =&gt; new { r.A, B = r.X + 1 }</c>.</param>
    public Flow<TResult> Select<TResult>(Expression<Func<T, TResult>> row) => new(new SelectNode(Node, LambdaTranslator.TranslateRow(row)));

    /// <summary>Starts groups of rows with equal keys.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="key">One value, or several as <c>new { r.A, r.B }</c>.</param>
    public GroupedFlow<T, TKey> GroupBy<TKey>(Expression<Func<T, TKey>> key) => new(Node, key);

    /// <summary>Joins rows with equal keys and keeps those with a partner.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="row">The new row from both.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<TResult> Join<TRight, TKey, TResult>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, TResult>> row,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Build<TResult>(this, right, JoinKind.Inner, leftKey, rightKey, row, condition);

    /// <summary>Joins rows with equal keys and keeps all of this side; without a partner the other side's columns are null.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="row">The new row from both.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<TResult> LeftJoin<TRight, TKey, TResult>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, TResult>> row,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Build<TResult>(this, right, JoinKind.Left, leftKey, rightKey, row, condition);

    /// <summary>Joins rows with equal keys and keeps all of the other side; without a partner this side's columns are null.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="row">The new row from both.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<TResult> RightJoin<TRight, TKey, TResult>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, TResult>> row,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Build<TResult>(this, right, JoinKind.Right, leftKey, rightKey, row, condition);

    /// <summary>Joins rows with equal keys and keeps all of both sides; without a partner the other side's columns are null.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="row">The new row from both.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<TResult> FullJoin<TRight, TKey, TResult>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, TResult>> row,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Build<TResult>(this, right, JoinKind.Full, leftKey, rightKey, row, condition);

    /// <summary>Keeps rows that have a partner with an equal key, each once.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<T> SemiJoin<TRight, TKey>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Keep<T>(this, right, JoinKind.Semi, leftKey, rightKey, condition);

    /// <summary>Keeps rows that have no partner with an equal key.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="leftKey">The key of this side.</param>
    /// <param name="rightKey">The key of the other side.</param>
    /// <param name="condition">What must hold beside equal keys. <value>Default: null, nothing.</value></param>
    public Flow<T> AntiJoin<TRight, TKey>(
        Flow<TRight> right,
        Expression<Func<T, TKey>> leftKey,
        Expression<Func<TRight, TKey>> rightKey,
        Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Keep<T>(this, right, JoinKind.Anti, leftKey, rightKey, condition);

    /// <summary>Joins every row with every row of the other side.</summary>
    /// <typeparam name="TRight">The row type of the other side.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="right">The other side.</param>
    /// <param name="row">The new row from both.</param>
    /// <param name="condition">Which pairs are kept. <value>Default: null, all.</value></param>
    public Flow<TResult> CrossJoin<TRight, TResult>(
        Flow<TRight> right, Expression<Func<T, TRight, TResult>> row, Expression<Func<T, TRight, bool>>? condition = null) =>
        TypedJoin.Build<TResult>(this, right, JoinKind.Cross, null, null, row, condition);

    /// <summary>Orders rows, smallest first, nulls last; equal rows keep their order.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>, most significant first.</param>
    public Flow<T> OrderBy<TKey>(Expression<Func<T, TKey>> key) => Sorted(key, descending: false);

    /// <summary>Orders rows, largest first, nulls last; equal rows keep their order.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>, most significant first.</param>
    public Flow<T> OrderByDescending<TKey>(Expression<Func<T, TKey>> key) => Sorted(key, descending: true);

    /// <summary>All rows of this flow, then all of the others.</summary>
    /// <param name="others">The other flows.</param>
    public Flow<T> Union(params IReadOnlyList<Flow<T>> others) => base.Union(others).As<T>();

    /// <summary>The first of all equal rows.</summary>
    public Flow<T> Distinct() => base.Distinct([]).As<T>();

    /// <summary>The first row of each key.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public Flow<T> DistinctBy<TKey>(Expression<Func<T, TKey>> key) => base.Distinct(ColumnNames.Of(key)).As<T>();

    /// <summary>The first rows.</summary>
    /// <param name="rows">How many at most.</param>
    public new Flow<T> Take(long rows) => base.Take(rows).As<T>();

    /// <summary>Leaves the first rows out.</summary>
    /// <param name="rows">How many.</param>
    public new Flow<T> Skip(long rows) => base.Skip(rows).As<T>();

    /// <summary>Keeps a fraction of the rows, each by a chance drawn from the run's seed and its position.</summary>
    /// <param name="fraction">The chance of a row, from 0 to 1.</param>
    public Flow<T> Sample(double fraction) => base.Sample(fraction).As<T>();

    /// <summary>Keeps the rows of a fraction of the keys, drawn from the run's seed and a hash of the key.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="fraction">The chance of a key, from 0 to 1.</param>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public Flow<T> SampleBy<TKey>(double fraction, Expression<Func<T, TKey>> key) => base.Sample(fraction, ColumnNames.Of(key)).As<T>();

    /// <summary>Keeps so many rows drawn by chance from the run's seed, in their order. They are held in memory.</summary>
    /// <param name="rows">How many at most.</param>
    public new Flow<T> SampleRows(int rows) => base.SampleRows(rows).As<T>();

    /// <summary>Makes a row of each value column.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="values">The columns that become rows: <c>r =&gt; new[] { r.Spring, r.Summer }</c>.</param>
    /// <param name="row">The new row from the row, the column's name and its value: <c>(r, name, value) =&gt; new { r.Station, name, value }</c>.</param>
    /// <param name="dropNulls">Whether no row is made of a null. <value>Default: false.</value></param>
    public Flow<TResult> Unpivot<TValue, TResult>(
        Expression<Func<T, TValue[]>> values, Expression<Func<T, string, TValue, TResult>> row, bool dropNulls = false) =>
        TypedUnpivot.Build<TResult>(Node, values, row, dropNulls);

    /// <summary>Makes a column of each given value; what columns there are follows from the values, so name the row type with <see cref="Flow.As{T}"/>.</summary>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <typeparam name="TOn">The type of the value that chooses the column.</typeparam>
    /// <typeparam name="TAggregates">The type of the aggregates.</typeparam>
    /// <param name="key">The groups: one value, or several as <c>new { r.A, r.B }</c>.</param>
    /// <param name="on">The value that chooses the column.</param>
    /// <param name="values">The values that get a column, in order; a column is named as its value.</param>
    /// <param name="aggregates"><c>g =&gt; g.Sum(r =&gt; r.X)</c>, or several as <c>g =&gt; new { A = …, B = … }</c>: columns are then named <c>value_a</c>, <c>value_b</c>.</param>
    public Flow Pivot<TKey, TOn, TAggregates>(
        Expression<Func<T, TKey>> key, Expression<Func<T, TOn>> on, IReadOnlyList<TOn> values,
        Expression<Func<IGroup<T, TKey>, TAggregates>> aggregates)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Flow(TypedPivot.Build(Node, key, on, [.. values.Select(v => new LiteralExpr(v))], aggregates));
    }

    /// <summary>Makes a row of each item of a list.</summary>
    /// <typeparam name="TItem">The item type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="row">The new row from the row and an item: <c>(r, item) =&gt; new { r.Id, item }</c>.</param>
    /// <param name="keepEmpty">Whether a row whose list is null or empty stays, with a null item. <value>Default: false.</value></param>
    public Flow<TResult> Explode<TItem, TResult>(
        Expression<Func<T, IEnumerable<TItem>?>> list, Expression<Func<T, TItem, TResult>> row, bool keepEmpty = false) =>
        TypedExplode.Build<TResult>(Node, [list], row, keepEmpty);

    /// <summary>Makes a row of each item of two lists walked together; in each row they must be of one length.</summary>
    /// <typeparam name="TFirst">The item type of the first list.</typeparam>
    /// <typeparam name="TSecond">The item type of the second list.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="first">The first list.</param>
    /// <param name="second">The second list.</param>
    /// <param name="row">The new row from the row and the items.</param>
    /// <param name="keepEmpty">Whether a row whose lists are null or empty stays, with null items. <value>Default: false.</value></param>
    public Flow<TResult> Explode<TFirst, TSecond, TResult>(
        Expression<Func<T, IEnumerable<TFirst>?>> first, Expression<Func<T, IEnumerable<TSecond>?>> second,
        Expression<Func<T, TFirst, TSecond, TResult>> row, bool keepEmpty = false) =>
        TypedExplode.Build<TResult>(Node, [first, second], row, keepEmpty);

    /// <summary>Computes new rows from each row and its neighbours in the same partition.</summary>
    /// <typeparam name="TPartition">The partition key type.</typeparam>
    /// <typeparam name="TOrder">The order key type.</typeparam>
    /// <typeparam name="TResult">The new row type.</typeparam>
    /// <param name="partitionBy">One column, or several as <c>new { r.A, r.B }</c>.</param>
    /// <param name="orderBy">One column, or several, smallest first.</param>
    /// <param name="row">The new row; neighbours come through the second parameter: <c>(r, w) =&gt; new { r.A, B = w.Lag(r.X, 1) }</c>.</param>
    public Flow<TResult> Window<TPartition, TOrder, TResult>(
        Expression<Func<T, TPartition>> partitionBy, Expression<Func<T, TOrder>> orderBy, Expression<Func<T, IWindow, TResult>> row) =>
        TypedWindow.Build<TResult>(Node, ColumnNames.Of(partitionBy), [.. ColumnNames.Of(orderBy).Select(c => new OrderKey(c))], row);

    private Flow<T> Sorted(LambdaExpression key, bool descending) =>
        new(new SortNode(Node, [.. ColumnNames.Of(key).Select(c => new OrderKey(c, descending))]));
}
