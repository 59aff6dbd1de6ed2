namespace DataEngineX.Expressions;

/// <summary>Where untyped expressions start. Import it with <c>using static DataEngineX.Expressions.Columns;</c>.</summary>
public static partial class Columns
{
    /// <summary>The run's clock: the instant at which the run started.</summary>
    public static Expr RunClock { get; } = new ParameterExpr(ParameterExpr.Clock);

    /// <summary>The id of the run that makes the row: a text.</summary>
    public static Expr RunId { get; } = new ParameterExpr(ParameterExpr.Run);

    /// <summary>A column of the input row.</summary>
    /// <param name="name">The column name, matched exactly.</param>
    public static Expr Col(string name) => new ColumnExpr(name);

    /// <summary>A constant.</summary>
    /// <param name="value">The value; see <see cref="LiteralExpr"/> for the types.</param>
    public static Expr Lit(object? value) => new LiteralExpr(value);

    /// <summary>One value or another.</summary>
    /// <param name="condition">A boolean; null counts as false.</param>
    /// <param name="whenTrue">The value when true.</param>
    /// <param name="whenFalse">The value when false or null.</param>
    public static Expr If(Expr condition, Expr whenTrue, Expr whenFalse) => new CallExpr(FunctionNames.If, condition, whenTrue, whenFalse);
}
