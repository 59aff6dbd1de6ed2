using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Expressions;

/// <content>C# operators and conversions, each the same as the named function it builds.</content>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The named form is the call node.")]
public abstract partial class Expr
{
    /// <summary>Builds <see cref="FunctionNames.Add"/>.</summary>
    public static Expr operator +(Expr left, Expr right) => new CallExpr(FunctionNames.Add, left, right);

    /// <summary>Builds <see cref="FunctionNames.Subtract"/>.</summary>
    public static Expr operator -(Expr left, Expr right) => new CallExpr(FunctionNames.Subtract, left, right);

    /// <summary>Builds <see cref="FunctionNames.Negate"/>.</summary>
    public static Expr operator -(Expr operand) => new CallExpr(FunctionNames.Negate, operand);

    /// <summary>Builds <see cref="FunctionNames.Multiply"/>.</summary>
    public static Expr operator *(Expr left, Expr right) => new CallExpr(FunctionNames.Multiply, left, right);

    /// <summary>Builds <see cref="FunctionNames.Divide"/>.</summary>
    public static Expr operator /(Expr left, Expr right) => new CallExpr(FunctionNames.Divide, left, right);

    /// <summary>Builds <see cref="FunctionNames.Modulo"/>.</summary>
    public static Expr operator %(Expr left, Expr right) => new CallExpr(FunctionNames.Modulo, left, right);

    /// <summary>Builds <see cref="FunctionNames.Equal"/>, or a null test when a side is the null literal.</summary>
    public static Expr operator ==(Expr left, Expr right) => Comparison(FunctionNames.Equal, FunctionNames.IsNull, left, right);

    /// <summary>Builds <see cref="FunctionNames.NotEqual"/>, or a null test when a side is the null literal.</summary>
    public static Expr operator !=(Expr left, Expr right) => Comparison(FunctionNames.NotEqual, FunctionNames.IsNotNull, left, right);

    /// <summary>Builds <see cref="FunctionNames.Less"/>.</summary>
    public static Expr operator <(Expr left, Expr right) => new CallExpr(FunctionNames.Less, left, right);

    /// <summary>Builds <see cref="FunctionNames.LessOrEqual"/>.</summary>
    public static Expr operator <=(Expr left, Expr right) => new CallExpr(FunctionNames.LessOrEqual, left, right);

    /// <summary>Builds <see cref="FunctionNames.Greater"/>.</summary>
    public static Expr operator >(Expr left, Expr right) => new CallExpr(FunctionNames.Greater, left, right);

    /// <summary>Builds <see cref="FunctionNames.GreaterOrEqual"/>.</summary>
    public static Expr operator >=(Expr left, Expr right) => new CallExpr(FunctionNames.GreaterOrEqual, left, right);

    /// <summary>Builds <see cref="FunctionNames.And"/>.</summary>
    public static Expr operator &(Expr left, Expr right) => new CallExpr(FunctionNames.And, left, right);

    /// <summary>Builds <see cref="FunctionNames.Or"/>.</summary>
    public static Expr operator |(Expr left, Expr right) => new CallExpr(FunctionNames.Or, left, right);

    /// <summary>Builds <see cref="FunctionNames.Not"/>.</summary>
    public static Expr operator !(Expr operand) => new CallExpr(FunctionNames.Not, operand);

    /// <summary>A text literal, or the null literal.</summary>
    public static implicit operator Expr(string? value) => new LiteralExpr(value);

    /// <summary>A boolean literal.</summary>
    public static implicit operator Expr(bool value) => new LiteralExpr(value);

    /// <summary>A 32-bit integer literal.</summary>
    public static implicit operator Expr(int value) => new LiteralExpr(value);

    /// <summary>A 64-bit integer literal.</summary>
    public static implicit operator Expr(long value) => new LiteralExpr(value);

    /// <summary>An unsigned 64-bit integer literal.</summary>
    public static implicit operator Expr(ulong value) => new LiteralExpr(value);

    /// <summary>A float literal.</summary>
    public static implicit operator Expr(float value) => new LiteralExpr(value);

    /// <summary>A double literal.</summary>
    public static implicit operator Expr(double value) => new LiteralExpr(value);

    /// <summary>A decimal literal.</summary>
    public static implicit operator Expr(decimal value) => new LiteralExpr(value);

    /// <summary>A date literal.</summary>
    public static implicit operator Expr(DateOnly value) => new LiteralExpr(value);

    /// <summary>A timestamp literal in UTC.</summary>
    public static implicit operator Expr(DateTimeOffset value) => new LiteralExpr(value);

    /// <summary>A duration literal.</summary>
    public static implicit operator Expr(TimeSpan value) => new LiteralExpr(value);

    /// <summary>The comparison a typed lambda would give: with a null literal it is a null test.</summary>
    /// <param name="comparison"><see cref="FunctionNames.Equal"/> or <see cref="FunctionNames.NotEqual"/>.</param>
    /// <param name="nullTest">The null test that takes its place.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    private static CallExpr Comparison(string comparison, string nullTest, Expr left, Expr right) => (left, right) switch
    {
        (_, LiteralExpr { Value: null }) => new CallExpr(nullTest, left),
        (LiteralExpr { Value: null }, _) => new CallExpr(nullTest, right),
        _ => new CallExpr(comparison, left, right),
    };
}
