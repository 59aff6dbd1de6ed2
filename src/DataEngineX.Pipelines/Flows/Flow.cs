using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A lazily described stream of batches whose row type is not known. Nothing is read while it is described.</summary>
public class Flow
{
    /// <summary>Wraps a plan.</summary>
    /// <param name="node">The root of the plan.</param>
    public Flow(PlanNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Node = node;
    }

    /// <summary>The root of the plan so far.</summary>
    public PlanNode Node { get; }

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source.</param>
    public static Flow From(BatchSource source) => new(new ScanNode(source));

    /// <summary>Reads a table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static Flow Table(Layer layer, string name) => From(new TableSource(DatasetId.Table(layer, name)));

    /// <summary>Reads a table whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; its members name the columns used.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    public static Flow<T> Table<T>(Layer layer, string name) => Table(layer, name).As<T>();

    /// <summary>The same plan with a further operator on top.</summary>
    /// <param name="node">An operator over <see cref="Node"/>.</param>
    public Flow With(PlanNode node) => new(node);

    /// <summary>The same rows, seen as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type; its members name the columns used.</typeparam>
    public Flow<T> As<T>() => new(Node);

    /// <summary>Keeps the rows for which a condition is true.</summary>
    /// <param name="predicate">The condition; false and null drop a row.</param>
    public Flow Where(Expr predicate) => new(new FilterNode(Node, predicate));

    /// <summary>Computes the columns given, and no others.</summary>
    /// <param name="columns">The columns; plain names keep a column.</param>
    public Flow Select(params IReadOnlyList<NamedExpr> columns) => new(new SelectNode(Node, columns));

    /// <summary>Adds columns, or replaces those of the same name.</summary>
    /// <param name="columns">The columns computed.</param>
    public Flow Derive(params IReadOnlyList<NamedExpr> columns) => new(new SelectNode(Node, columns, keepsInput: true));

    /// <summary>Starts groups of rows with equal keys.</summary>
    /// <param name="keys">The key columns; none for one group of all rows.</param>
    public GroupedFlow GroupBy(params IReadOnlyList<NamedExpr> keys) => new(Node, keys);

    /// <summary>Joins rows with equal values in the columns named.</summary>
    /// <param name="right">The other side.</param>
    /// <param name="on">Columns that both sides have.</param>
    /// <param name="kind">Which rows are kept. <value>Default: <see cref="JoinKind.Inner"/>.</value></param>
    public Flow Join(Flow right, IReadOnlyList<string> on, JoinKind kind = JoinKind.Inner)
    {
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(on);
        Expr[] keys = [.. on.Select(c => new ColumnExpr(c))];
        return new Flow(new JoinNode(Node, right.Node, kind, keys, keys));
    }

    /// <summary>Joins rows with equal keys.</summary>
    /// <param name="right">The other side.</param>
    /// <param name="leftKeys">Keys over this side's columns.</param>
    /// <param name="rightKeys">Keys over the other side's columns.</param>
    /// <param name="kind">Which rows are kept. <value>Default: <see cref="JoinKind.Inner"/>.</value></param>
    /// <param name="condition">What must hold beside equal keys, over the columns an inner join gives. <value>Default: null, nothing.</value></param>
    public Flow Join(
        Flow right, IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys, JoinKind kind = JoinKind.Inner, Expr? condition = null)
    {
        ArgumentNullException.ThrowIfNull(right);
        return new Flow(new JoinNode(Node, right.Node, kind, leftKeys, rightKeys, condition));
    }

    /// <summary>Gives each row the row of the other side with equal keys whose time is nearest in a direction, at most one.</summary>
    /// <param name="right">The other side.</param>
    /// <param name="on">Columns that both sides have and that must be equal; may be none.</param>
    /// <param name="leftTime">The time of a row of this side: a number, date, time, timestamp or duration.</param>
    /// <param name="rightTime">The time of a row of the other side.</param>
    /// <param name="kind"><see cref="JoinKind.Inner"/>, or <see cref="JoinKind.Left"/> to keep rows without a partner. <value>Default: <see cref="JoinKind.Inner"/>.</value></param>
    /// <param name="direction">Where to look. <value>Default: <see cref="AsOfDirection.Backward"/>.</value></param>
    /// <param name="allowExactMatches">Whether the very time matches. <value>Default: true.</value></param>
    /// <param name="tolerance">The most that times may be apart: a <see cref="TimeSpan"/> or a number. <value>Default: null, any distance.</value></param>
    public Flow AsOfJoin(
        Flow right,
        IReadOnlyList<string> on,
        Expr leftTime,
        Expr rightTime,
        JoinKind kind = JoinKind.Inner,
        AsOfDirection direction = AsOfDirection.Backward,
        bool allowExactMatches = true,
        Expr? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(on);
        Expr[] keys = [.. on.Select(c => new ColumnExpr(c))];
        return AsOfJoin(right, keys, keys, leftTime, rightTime, kind, direction, allowExactMatches, tolerance);
    }

    /// <summary>Gives each row the row of the other side with equal keys whose time is nearest in a direction, at most one.</summary>
    /// <param name="right">The other side.</param>
    /// <param name="leftKeys">Keys over this side's columns; may be none.</param>
    /// <param name="rightKeys">Keys over the other side's columns; as many.</param>
    /// <param name="leftTime">The time of a row of this side: a number, date, time, timestamp or duration.</param>
    /// <param name="rightTime">The time of a row of the other side.</param>
    /// <param name="kind"><see cref="JoinKind.Inner"/>, or <see cref="JoinKind.Left"/> to keep rows without a partner. <value>Default: <see cref="JoinKind.Inner"/>.</value></param>
    /// <param name="direction">Where to look. <value>Default: <see cref="AsOfDirection.Backward"/>.</value></param>
    /// <param name="allowExactMatches">Whether the very time matches. <value>Default: true.</value></param>
    /// <param name="tolerance">The most that times may be apart: a <see cref="TimeSpan"/> or a number. <value>Default: null, any distance.</value></param>
    public Flow AsOfJoin(
        Flow right,
        IReadOnlyList<Expr> leftKeys,
        IReadOnlyList<Expr> rightKeys,
        Expr leftTime,
        Expr rightTime,
        JoinKind kind = JoinKind.Inner,
        AsOfDirection direction = AsOfDirection.Backward,
        bool allowExactMatches = true,
        Expr? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(right);
        return new Flow(new AsOfJoinNode(Node, right.Node, kind, leftKeys, rightKeys, leftTime, rightTime)
        {
            Direction = direction,
            AllowExactMatches = allowExactMatches,
            Tolerance = tolerance,
        });
    }

    /// <summary>Joins every row with every row of the other side.</summary>
    /// <param name="right">The other side.</param>
    /// <param name="condition">Which pairs are kept, over the columns of both. <value>Default: null, all.</value></param>
    public Flow CrossJoin(Flow right, Expr? condition = null) => Join(right, [], [], JoinKind.Cross, condition);

    /// <summary>Orders rows; equal rows keep their order.</summary>
    /// <param name="keys">The keys, most significant first.</param>
    public Flow OrderBy(params IReadOnlyList<OrderKey> keys) => new(new SortNode(Node, keys));

    /// <summary>All rows of this flow, then all of the others; columns are matched by name.</summary>
    /// <param name="others">The other flows.</param>
    public Flow Union(params IReadOnlyList<Flow> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new Flow(new UnionNode([Node, .. others.Select(o => o.Node)]));
    }

    /// <summary>The first row of each key.</summary>
    /// <param name="keys">The key columns; none for all columns.</param>
    public Flow Distinct(params IReadOnlyList<string> keys) => new(new DistinctNode(Node, keys));

    /// <summary>The first rows.</summary>
    /// <param name="rows">How many at most.</param>
    public Flow Take(long rows) => new(new LimitNode(Node, rows));

    /// <summary>Adds columns computed over the ordered rows of each partition.</summary>
    /// <param name="partitionBy">The partition columns.</param>
    /// <param name="orderBy">The order in a partition.</param>
    /// <param name="columns">The columns added.</param>
    public Flow Window(IReadOnlyList<string> partitionBy, IReadOnlyList<OrderKey> orderBy, params IReadOnlyList<WindowColumn> columns) =>
        new(new WindowNode(Node, partitionBy, orderBy, columns));
}
