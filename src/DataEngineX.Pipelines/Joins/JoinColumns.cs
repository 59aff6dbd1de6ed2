using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Names, types and origins of a join's output columns.</summary>
/// <param name="Fields">The output columns.</param>
/// <param name="Origins">Where each comes from.</param>
internal sealed record JoinColumns(IReadOnlyList<Field> Fields, IReadOnlyList<JoinColumn> Origins)
{
    private const string Suffix = "_right";

    /// <summary>The columns that come out: the left ones, then the right ones but for keys of one name, which come out once.</summary>
    public static JoinColumns Output(JoinNode node, Schema left, Schema right)
    {
        if (node.Kind is JoinKind.Semi or JoinKind.Anti)
            return new JoinColumns(left.FieldsList, [.. left.FieldsList.Select((_, i) => new JoinColumn(i, -1))]);
        return Of(node.Kind, node.LeftKeys, node.RightKeys, left, right);
    }

    /// <summary>The columns of a pair of rows, as an inner join would name them: what a condition may look at.</summary>
    public static JoinColumns Pair(JoinNode node, Schema left, Schema right) => Of(JoinKind.Inner, node.LeftKeys, node.RightKeys, left, right);

    /// <summary>The columns that come out of an as-of join, named as those of a join over its keys without the time.</summary>
    public static JoinColumns Output(AsOfJoinNode node, Schema left, Schema right) => Of(node.Kind, node.LeftKeys, node.RightKeys, left, right);

    /// <summary>The output names whose left column must stay so that the name of a right column stays.</summary>
    private static IEnumerable<string> LeftNamesBehind(IEnumerable<string> wanted) =>
        wanted.Where(w => w.EndsWith(Suffix, StringComparison.Ordinal)).Select(w => w[..^Suffix.Length]);

    /// <summary>The name that an output column has in an input, or null when it does not come from there.</summary>
    public string? NameIn(int input, string name, Schema schema)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name != name)
                continue;
            var ordinal = input == 0 ? Origins[i].Left : Origins[i].Right;
            return ordinal < 0 ? null : schema.FieldsList[ordinal].Name;
        }

        return null;
    }

    /// <summary>The names under which a column of an input comes out.</summary>
    public IEnumerable<string> NamesOut(int input, string name, Schema schema) =>
        Fields.Select(f => f.Name).Where(o => NameIn(input, o, schema) == name);

    /// <summary>Adds the columns of an input that are behind output columns.</summary>
    public void AddNeeded(int input, Schema schema, IReadOnlySet<string> wanted, HashSet<string> needed)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            var ordinal = input == 0 ? Origins[i].Left : Origins[i].Right;
            if (ordinal >= 0 && wanted.Contains(Fields[i].Name))
                needed.Add(schema.FieldsList[ordinal].Name);
        }

        // A suffixed name exists only because the left column is there: it must stay for the name to stay.
        if (input == 0)
            needed.UnionWith(LeftNamesBehind(wanted).Where(n => Find(schema, n) >= 0));
    }

    /// <summary>Where each output column comes from, as lineage.</summary>
    public Dictionary<string, IReadOnlyList<LineageEdge>> Lineage(Schema left, Schema right)
    {
        var columns = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        for (var i = 0; i < Fields.Count; i++)
        {
            var origin = Origins[i];
            var edges = new List<LineageEdge>();
            if (origin.Left >= 0)
                edges.Add(new LineageEdge(0, left.FieldsList[origin.Left].Name, LineageKind.Identity));
            if (origin.Right >= 0)
                edges.Add(new LineageEdge(1, right.FieldsList[origin.Right].Name, LineageKind.Identity));
            columns[Fields[i].Name] = edges;
        }

        return columns;
    }

    private static JoinColumns Of(JoinKind kind, IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys, Schema left, Schema right)
    {
        var fields = new List<Field>();
        var origins = new List<JoinColumn>();
        for (var i = 0; i < left.FieldsList.Count; i++)
        {
            var field = left.FieldsList[i];
            var shared = IsSharedKey(leftKeys, rightKeys, field.Name) ? Find(right, field.Name) : -1;
            fields.Add(LeftField(kind, field, shared < 0 ? null : right.FieldsList[shared]));
            origins.Add(shared < 0 || kind is JoinKind.Inner or JoinKind.Left ? new JoinColumn(i, -1)
                : kind == JoinKind.Right ? new JoinColumn(-1, shared)
                : new JoinColumn(i, shared));
        }

        for (var i = 0; i < right.FieldsList.Count; i++)
        {
            var field = right.FieldsList[i];
            if (IsSharedKey(leftKeys, rightKeys, field.Name))
                continue;
            fields.Add(new Field(RightName(left, field.Name), field.DataType, field.IsNullable || kind is JoinKind.Left or JoinKind.Full));
            origins.Add(new JoinColumn(-1, i));
        }

        return new JoinColumns(fields, origins);
    }

    private static Field LeftField(JoinKind kind, Field left, Field? shared) => (kind, shared) switch
    {
        (JoinKind.Right, not null) => shared,
        (JoinKind.Full, not null) => new Field(left.Name, Common(left, shared), left.IsNullable || shared.IsNullable),
        (JoinKind.Right or JoinKind.Full, null) => new Field(left.Name, left.DataType, nullable: true),
        _ => new Field(left.Name, left.DataType, left.IsNullable),
    };

    private static IArrowType Common(Field left, Field right) => ArrowTypes.Same(left.DataType, right.DataType)
        ? left.DataType
        : Conversions.ArithmeticType(left.DataType, right.DataType) ?? left.DataType;

    private static bool IsSharedKey(IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys, string name)
    {
        for (var i = 0; i < leftKeys.Count; i++)
        {
            if (leftKeys[i] is ColumnExpr left && left.Name == name && rightKeys[i] is ColumnExpr right && right.Name == name)
                return true;
        }

        return false;
    }

    private static string RightName(Schema left, string name)
    {
        if (Find(left, name) < 0)
            return name;
        return Find(left, name + Suffix) < 0
            ? name + Suffix
            : throw new PlanException($"Both sides have a column '{name}', and '{name}{Suffix}' is taken too: rename one before the join.", "join", name);
    }

    private static int Find(Schema schema, string name)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
