using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

/// <summary>Random expressions over columns, and the SQL that means the same.</summary>
internal sealed partial class RandomExpression(Random random, IReadOnlyList<RandomColumn> columns)
{
    /// <summary>Any value, computed or just a column.</summary>
    public Term Value(int depth)
    {
        var term = Column(columns[random.Next(columns.Count)]);
        if (depth == 0)
            return term;
        for (var steps = random.Next(1, 4); steps > 0; steps--)
            term = random.Next(4) == 0 ? Choice(term, depth - 1) : Function(term);
        return term;
    }

    private static Term Column(RandomColumn column) => new(Col(column.Name), column.Name, column.Kind);

    private Term Function(Term a) => a.Kind switch
    {
        ColumnKind.Text => TextFunction(a),
        ColumnKind.Float or ColumnKind.Double => RealFunction(a),
        ColumnKind.Decimal => DecimalFunction(a),
        ColumnKind.Flag => random.Next(2) == 0 ? new(!a.Expr, $"(NOT {a.Sql})", a.Kind) : new(a.Expr.Cast(ColumnKind.Integer.ArrowType), $"({a.Sql})::INTEGER", ColumnKind.Integer),
        ColumnKind.Date => DateFunction(a),
        ColumnKind.Timestamp or ColumnKind.Instant => TimestampFunction(a),
        ColumnKind.Time or ColumnKind.Duration => ClockFunction(a),
        ColumnKind.Binary => new(a.Expr >= Lit(new byte[] { 127 }), $"({a.Sql} >= '\\x7F'::BLOB)", ColumnKind.Flag),
        ColumnKind.List => ListFunction(a),
        ColumnKind.Struct => random.Next(2) == 0 ? new(a.Expr.Field("x"), $"struct_extract({a.Sql}, 'x')", ColumnKind.Integer) : new(a.Expr.Field("y"), $"struct_extract({a.Sql}, 'y')", ColumnKind.Flag),
        _ => WholeFunction(a),
    };

    /// <summary>If, case, coalesce, null-if, greatest and least.</summary>
    private Term Choice(Term a, int depth)
    {
        var b = Like(a);
        if (a.Kind.IsNested)
            return new(a.Expr.Coalesce(b.Expr), $"coalesce({a.Sql}, {b.Sql})", a.Kind);
        var (c, d) = (Condition(depth), Condition(depth));
        return random.Next(a.Kind.IsReal || a.Kind == ColumnKind.Binary || a.Kind == ColumnKind.Duration ? 3 : 6) switch
        {
            0 => new(If(c.Expr, a.Expr, b.Expr), $"(CASE WHEN {c.Sql} THEN {a.Sql} ELSE {b.Sql} END)", a.Kind),
            1 => new(When(c.Expr).Then(a.Expr).When(d.Expr).Then(b.Expr), $"(CASE WHEN {c.Sql} THEN {a.Sql} WHEN {d.Sql} THEN {b.Sql} END)", a.Kind),
            2 => new(a.Expr.Coalesce(b.Expr), $"coalesce({a.Sql}, {b.Sql})", a.Kind),
            3 => new(a.Expr.NullIf(b.Expr), $"nullif({a.Sql}, {b.Sql})", a.Kind),
            4 => new(Greatest(a.Expr, b.Expr), $"greatest({a.Sql}, {b.Sql})", a.Kind),
            _ => new(Least(a.Expr, b.Expr), $"least({a.Sql}, {b.Sql})", a.Kind),
        };
    }

    /// <summary>A column or a literal of the type.</summary>
    private Term Like(Term a)
    {
        var same = columns.Where(c => c.Kind == a.Kind).ToList();
        return same.Count > 0 && (random.Next(2) == 0 || a.Kind.IsNested) ? Column(same[random.Next(same.Count)]) : a.Kind.IsNested ? a : Literal(a.Kind);
    }

    private Term Literal(ColumnKind kind)
    {
        var value = new RandomColumn("", kind).Draw(random, 0)!;
        return new(Lit(value), SqlText.Literal(value, kind), kind);
    }

    private Term ListFunction(Term a)
    {
        var index = random.Next(-3, 3);
        return random.Next(3) switch
        {
            0 => new(a.Expr.ListLength(), $"len({a.Sql})", ColumnKind.Integer),
            1 => new(a.Expr.ElementAt(index), $"({a.Sql})[{(index < 0 ? index : index + 1)}]", ColumnKind.Integer),
            _ => new(a.Expr.ListContains(2), $"list_contains({a.Sql}, 2)", ColumnKind.Flag),
        };
    }
}
