using Apache.Arrow;
using Apache.Arrow.Memory;
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

    /// <summary>Begins with a version of a table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="version">The version.</param>
    public static Flow Table(Layer layer, string name, long version) => From(new TableSource(DatasetId.Table(layer, name)) { Version = version });

    /// <summary>Begins with a table as it was at a time.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="asOf">The time.</param>
    public static Flow Table(Layer layer, string name, DateTimeOffset asOf) => From(new TableSource(DatasetId.Table(layer, name)) { AsOf = asOf });

    /// <summary>Begins with a version of a table whose rows look like <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="version">The version.</param>
    public static Flow<T> Table<T>(Layer layer, string name, long version) => Table(layer, name, version).As<T>();

    /// <summary>Begins with a table, whose rows look like <typeparamref name="T"/>, as it was at a time.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="asOf">The time.</param>
    public static Flow<T> Table<T>(Layer layer, string name, DateTimeOffset asOf) => Table(layer, name, asOf).As<T>();

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

    /// <summary>Gives columns other names; the others stay as they are.</summary>
    /// <param name="columns">Columns with their new names, as <c>Col("temp_f").As("temperature")</c>.</param>
    public Flow Rename(params IReadOnlyList<NamedExpr> columns) => new(new RenameNode(Node, columns));

    /// <summary>Leaves columns out.</summary>
    /// <param name="columns">The columns.</param>
    public Flow Drop(params IReadOnlyList<string> columns) => new(new DropNode(Node, columns));

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

    /// <summary>Leaves the first rows out.</summary>
    /// <param name="rows">How many.</param>
    public Flow Skip(long rows) => new(new SkipNode(Node, rows));

    /// <summary>Keeps a fraction of the rows, each by a chance of its own drawn from the run's seed.</summary>
    /// <param name="fraction">The chance of a row, from 0 to 1.</param>
    /// <param name="keys">Columns whose rows are kept or left out together; none to draw by position.</param>
    public Flow Sample(double fraction, params IReadOnlyList<string> keys) => new(new SampleNode(Node, fraction, keys));

    /// <summary>Keeps so many rows drawn by chance from the run's seed, in their order. They are held in memory.</summary>
    /// <param name="rows">How many at most.</param>
    public Flow SampleRows(int rows) => new(new SampleRowsNode(Node, rows));

    /// <summary>Makes a row of each value column: its name and its value beside the columns kept.</summary>
    /// <param name="values">The columns that become rows, in order; their values take a common type.</param>
    /// <param name="keep">The columns kept. <value>Default: null, all that are no value column.</value></param>
    /// <param name="name">The output column for the names. <value>Default: <c>name</c>.</value></param>
    /// <param name="value">The output column for the values. <value>Default: <c>value</c>.</value></param>
    /// <param name="dropNulls">Whether no row is made of a null. <value>Default: false.</value></param>
    public Flow Unpivot(
        IReadOnlyList<string> values, IReadOnlyList<string>? keep = null, string name = "name", string value = "value", bool dropNulls = false) =>
        new(new UnpivotNode(Node, values, keep, name, value, dropNulls));

    /// <summary>Makes a column of each given value, with aggregates over the rows that have it, and a row of each group.</summary>
    /// <param name="on">The value that chooses the column, such as <c>Col("quarter")</c>.</param>
    /// <param name="values">The values that get a column, in order; a column is named as its value.</param>
    /// <param name="aggregates">The aggregates; with several, columns are named <c>value_aggregate</c>.</param>
    /// <param name="keys">The groups. <value>Default: null, all columns that are not read otherwise.</value></param>
    public Flow Pivot(Expr on, IReadOnlyList<Expr> values, IReadOnlyList<Aggregate> aggregates, IReadOnlyList<NamedExpr>? keys = null) =>
        new(new PivotNode(Node, on, values, aggregates, keys));

    /// <summary>Makes a row of each item of a list; the other columns are repeated.</summary>
    /// <param name="column">The list column, which becomes a column of items.</param>
    /// <param name="keepEmpty">Whether a row whose list is null or empty stays, with a null item. <value>Default: false.</value></param>
    public Flow Explode(string column, bool keepEmpty = false) => Explode([column], keepEmpty);

    /// <summary>Makes a row of each item of several lists walked together; the other columns are repeated.</summary>
    /// <param name="columns">The list columns; in each row their lists must be of one length.</param>
    /// <param name="keepEmpty">Whether a row whose lists are null or empty stays, with null items. <value>Default: false.</value></param>
    public Flow Explode(IReadOnlyList<string> columns, bool keepEmpty = false) => new(new ExplodeNode(Node, columns, keepEmpty));

    /// <summary>
    /// Makes a batch of each batch in C#, for what no operator says. An opaque step: the plan knows its name, version and schema, and moves nothing
    /// through it.
    /// </summary>
    /// <param name="name">What the step is called in errors and EXPLAIN.</param>
    /// <param name="version">The version of the code: another version is another plan.</param>
    /// <param name="schema">The columns of the result.</param>
    /// <param name="map">
    /// Makes a batch of a batch; null when no row is left. It borrows its input, is called from several threads at once, and takes buffers from the
    /// allocator.
    /// </param>
    /// <param name="isRowLocal">Whether each row comes from one row, as incremental reads need it. <value>Default: false.</value></param>
    /// <param name="lineage">For a column of the result the input columns it comes from. <value>Default: null, unknown.</value></param>
    public Flow MapBatches(
        string name, string version, Schema schema, Func<RecordBatch, MemoryAllocator, RecordBatch?> map, bool isRowLocal = false,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? lineage = null) =>
        new(new MapBatchesNode(Node, name, version, schema, map) { IsRowLocal = isRowLocal, Lineage = lineage });

    /// <summary>Adds columns computed over the ordered rows of each partition.</summary>
    /// <param name="partitionBy">The partition columns.</param>
    /// <param name="orderBy">The order in a partition.</param>
    /// <param name="columns">The columns added.</param>
    public Flow Window(IReadOnlyList<string> partitionBy, IReadOnlyList<OrderKey> orderBy, params IReadOnlyList<WindowColumn> columns) =>
        new(new WindowNode(Node, partitionBy, orderBy, columns));
}
