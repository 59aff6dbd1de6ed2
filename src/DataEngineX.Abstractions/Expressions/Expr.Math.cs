namespace DataEngineX.Expressions;

/// <content>Mathematics and bits.</content>
public abstract partial class Expr
{
    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public Expr Sign() => new CallExpr(FunctionNames.Sign, this);

    /// <summary>The greatest whole number not above.</summary>
    public Expr Floor() => new CallExpr(FunctionNames.Floor, this);

    /// <summary>The least whole number not below.</summary>
    public Expr Ceiling() => new CallExpr(FunctionNames.Ceiling, this);

    /// <summary>Rounded half away from zero.</summary>
    /// <param name="digits">Digits after the point, 0 to 15; more for decimals.</param>
    public Expr RoundAwayFromZero(int digits = 0) => new CallExpr(FunctionNames.RoundAway, this, digits);

    /// <summary>Without digits after the point.</summary>
    public Expr Truncate() => new CallExpr(FunctionNames.Truncate, this);

    /// <summary>Square root; NaN below zero.</summary>
    public Expr Sqrt() => new CallExpr(FunctionNames.Sqrt, this);

    /// <summary>Cube root.</summary>
    public Expr Cbrt() => new CallExpr(FunctionNames.Cbrt, this);

    /// <summary>e to this power.</summary>
    public Expr Exp() => new CallExpr(FunctionNames.Exp, this);

    /// <summary>Natural logarithm; minus infinity for zero, NaN below.</summary>
    public Expr Log() => new CallExpr(FunctionNames.Log, this);

    /// <summary>Logarithm to base 10; minus infinity for zero, NaN below.</summary>
    public Expr Log10() => new CallExpr(FunctionNames.Log10, this);

    /// <summary>Logarithm to base 2; minus infinity for zero, NaN below.</summary>
    public Expr Log2() => new CallExpr(FunctionNames.Log2, this);

    /// <summary>This number to a power, in double.</summary>
    /// <param name="exponent">The power.</param>
    public Expr Pow(Expr exponent) => new CallExpr(FunctionNames.Pow, this, exponent);

    /// <summary>Sine of radians.</summary>
    public Expr Sin() => new CallExpr(FunctionNames.Sin, this);

    /// <summary>Cosine of radians.</summary>
    public Expr Cos() => new CallExpr(FunctionNames.Cos, this);

    /// <summary>Tangent of radians.</summary>
    public Expr Tan() => new CallExpr(FunctionNames.Tan, this);

    /// <summary>Arc sine in radians; NaN beyond -1 and 1.</summary>
    public Expr Asin() => new CallExpr(FunctionNames.Asin, this);

    /// <summary>Arc cosine in radians; NaN beyond -1 and 1.</summary>
    public Expr Acos() => new CallExpr(FunctionNames.Acos, this);

    /// <summary>Arc tangent in radians.</summary>
    public Expr Atan() => new CallExpr(FunctionNames.Atan, this);

    /// <summary>Angle in radians of the point whose ordinate this is.</summary>
    /// <param name="x">The abscissa.</param>
    public Expr Atan2(Expr x) => new CallExpr(FunctionNames.Atan2, this, x);

    /// <summary>Hyperbolic sine.</summary>
    public Expr Sinh() => new CallExpr(FunctionNames.Sinh, this);

    /// <summary>Hyperbolic cosine.</summary>
    public Expr Cosh() => new CallExpr(FunctionNames.Cosh, this);

    /// <summary>Hyperbolic tangent.</summary>
    public Expr Tanh() => new CallExpr(FunctionNames.Tanh, this);

    /// <summary>Radians as degrees.</summary>
    public Expr Degrees() => new CallExpr(FunctionNames.Degrees, this);

    /// <summary>Degrees as radians.</summary>
    public Expr Radians() => new CallExpr(FunctionNames.Radians, this);

    /// <summary>Whether the number is NaN; false for types without NaN.</summary>
    public Expr IsNaN() => new CallExpr(FunctionNames.IsNaN, this);

    /// <summary>Whether the number is neither NaN nor infinite.</summary>
    public Expr IsFinite() => new CallExpr(FunctionNames.IsFinite, this);

    /// <summary>Whether the number is an infinity.</summary>
    public Expr IsInfinite() => new CallExpr(FunctionNames.IsInfinite, this);

    /// <summary>The bits that both integers have.</summary>
    /// <param name="other">The other integer.</param>
    public Expr BitAnd(Expr other) => new CallExpr(FunctionNames.BitAnd, this, other);

    /// <summary>The bits that either integer has.</summary>
    /// <param name="other">The other integer.</param>
    public Expr BitOr(Expr other) => new CallExpr(FunctionNames.BitOr, this, other);

    /// <summary>The bits that exactly one of the integers has.</summary>
    /// <param name="other">The other integer.</param>
    public Expr BitXor(Expr other) => new CallExpr(FunctionNames.BitXor, this, other);

    /// <summary>All bits turned.</summary>
    public Expr BitNot() => new CallExpr(FunctionNames.BitNot, this);

    /// <summary>The bits moved up; what is moved out is lost.</summary>
    /// <param name="places">0 up to one less than the width of the type.</param>
    public Expr ShiftLeft(int places) => new CallExpr(FunctionNames.ShiftLeft, this, places);

    /// <summary>The bits moved down; the sign stays.</summary>
    /// <param name="places">0 up to one less than the width of the type.</param>
    public Expr ShiftRight(int places) => new CallExpr(FunctionNames.ShiftRight, this, places);
}
