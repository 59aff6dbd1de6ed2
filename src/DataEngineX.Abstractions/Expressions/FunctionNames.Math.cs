namespace DataEngineX.Expressions;

/// <content>Mathematics and bits. In double, but for what keeps its type: rounding of integers and decimals, and bits.</content>
public static partial class FunctionNames
{
    /// <summary>-1, 0 or 1 as int32; 0 for NaN.</summary>
    public const string Sign = "sign";

    /// <summary>Rounded to a literal number of digits, half away from zero.</summary>
    public const string RoundAway = "round_away";

    /// <summary>Without digits after the point.</summary>
    public const string Truncate = "trunc";

    /// <summary>Cube root.</summary>
    public const string Cbrt = "cbrt";

    /// <summary>Logarithm to base 10.</summary>
    public const string Log10 = "log10";

    /// <summary>Logarithm to base 2.</summary>
    public const string Log2 = "log2";

    /// <summary>Tangent of radians.</summary>
    public const string Tan = "tan";

    /// <summary>Arc sine in radians; NaN beyond -1 and 1.</summary>
    public const string Asin = "asin";

    /// <summary>Arc cosine in radians; NaN beyond -1 and 1.</summary>
    public const string Acos = "acos";

    /// <summary>Arc tangent in radians.</summary>
    public const string Atan = "atan";

    /// <summary>Angle in radians of the point (second, first).</summary>
    public const string Atan2 = "atan2";

    /// <summary>Hyperbolic sine.</summary>
    public const string Sinh = "sinh";

    /// <summary>Hyperbolic cosine.</summary>
    public const string Cosh = "cosh";

    /// <summary>Hyperbolic tangent.</summary>
    public const string Tanh = "tanh";

    /// <summary>Radians as degrees.</summary>
    public const string Degrees = "degrees";

    /// <summary>Degrees as radians.</summary>
    public const string Radians = "radians";

    /// <summary>Whether a number is NaN; false for types without NaN.</summary>
    public const string IsNaN = "is_nan";

    /// <summary>Whether a number is neither NaN nor infinite.</summary>
    public const string IsFinite = "is_finite";

    /// <summary>Whether a number is an infinity.</summary>
    public const string IsInfinite = "is_infinite";

    /// <summary>Bits that both integers have.</summary>
    public const string BitAnd = "bit_and";

    /// <summary>Bits that either integer has.</summary>
    public const string BitOr = "bit_or";

    /// <summary>Bits that exactly one integer has.</summary>
    public const string BitXor = "bit_xor";

    /// <summary>All bits turned.</summary>
    public const string BitNot = "bit_not";

    /// <summary>Bits moved up by a literal number of places; what is moved out is lost.</summary>
    public const string ShiftLeft = "shift_left";

    /// <summary>Bits moved down by a literal number of places; the sign stays.</summary>
    public const string ShiftRight = "shift_right";
}
