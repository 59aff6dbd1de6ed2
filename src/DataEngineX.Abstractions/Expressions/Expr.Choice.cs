namespace DataEngineX.Expressions;

/// <content>Null handling and choice.</content>
public abstract partial class Expr
{
    /// <summary>This value, or another where it is null.</summary>
    /// <param name="other">What to take in its place.</param>
    public Expr IfNull(Expr other) => Coalesce(other);

    /// <summary>Null where the value equals another, else the value.</summary>
    /// <param name="other">The value that counts as missing.</param>
    public Expr NullIf(Expr other) => new CallExpr(FunctionNames.NullIf, this, other);

    /// <summary>Whether the value differs from another, where null equals null; never null itself.</summary>
    /// <param name="other">The other value.</param>
    public Expr IsDistinctFrom(Expr other) => new CallExpr(FunctionNames.IsDistinct, this, other);

    /// <summary>Whether the value is the same as another, where null equals null; never null itself.</summary>
    /// <param name="other">The other value.</param>
    public Expr IsNotDistinctFrom(Expr other) => new CallExpr(FunctionNames.IsNotDistinct, this, other);

    /// <summary>A 64-bit hash of the value as int64, the same in every version; a null has a hash too.</summary>
    public Expr Hash() => new CallExpr(FunctionNames.Hash, this);
}
