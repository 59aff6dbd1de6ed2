using Apache.Arrow.Types;

namespace DataEngineX.Expressions;

/// <content>Functions in the order one writes them after a column.</content>
public abstract partial class Expr
{
    /// <summary>Whether the value is null.</summary>
    public Expr IsNull() => new CallExpr(FunctionNames.IsNull, this);

    /// <summary>Whether the value is not null.</summary>
    public Expr IsNotNull() => new CallExpr(FunctionNames.IsNotNull, this);

    /// <summary>This value, or the first of the others that is not null.</summary>
    /// <param name="others">What to take in its place.</param>
    public Expr Coalesce(params Expr[] others) => new CallExpr(FunctionNames.Coalesce, [this, .. others]);

    /// <summary>Whether the value is one of the given values.</summary>
    /// <param name="values">Literals, or expressions; null among them makes what is not found null.</param>
    public Expr IsIn(params IEnumerable<object?> values) =>
        new CallExpr(FunctionNames.In, [this, .. (values ?? []).Select(v => v as Expr ?? new LiteralExpr(v))]);

    /// <summary>Whether the value lies between two bounds, both included.</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    public Expr Between(Expr low, Expr high) => this >= low & this <= high;

    /// <summary>The value as another type; a value that cannot be converted is an error naming it.</summary>
    /// <param name="type">The type wanted.</param>
    public Expr Cast(IArrowType type) => new CastExpr(this, type);

    /// <summary>The value as another type; a value that cannot be converted becomes null.</summary>
    /// <param name="type">The type wanted.</param>
    public Expr TryCast(IArrowType type) => new CastExpr(this, type, isTry: true);

    /// <summary>Absolute value.</summary>
    public Expr Abs() => new CallExpr(FunctionNames.Abs, this);

    /// <summary>Rounded half to even.</summary>
    /// <param name="digits">Digits after the point.</param>
    public Expr Round(int digits = 0) => new CallExpr(FunctionNames.Round, this, digits);

    /// <summary>This expression under an output name.</summary>
    /// <param name="name">The output column.</param>
    public NamedExpr As(string name) => new(name, this);
}
