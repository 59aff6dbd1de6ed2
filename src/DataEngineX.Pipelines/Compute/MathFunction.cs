using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>A function of one double.</summary>
[Experimental("DEX0001")]
public enum MathFunction
{
    /// <summary>The greatest whole number that is not above the value.</summary>
    Floor,

    /// <summary>The least whole number that is not below the value.</summary>
    Ceiling,

    /// <summary>The value without digits after the point.</summary>
    Truncate,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>The cube root.</summary>
    Cbrt,

    /// <summary>The natural exponential.</summary>
    Exp,

    /// <summary>The natural logarithm; minus infinity for zero, NaN below.</summary>
    Log,

    /// <summary>The logarithm to base 10.</summary>
    Log10,

    /// <summary>The logarithm to base 2.</summary>
    Log2,

    /// <summary>The sine of radians.</summary>
    Sin,

    /// <summary>The cosine of radians.</summary>
    Cos,

    /// <summary>The tangent of radians.</summary>
    Tan,

    /// <summary>The arc sine in radians.</summary>
    Asin,

    /// <summary>The arc cosine in radians.</summary>
    Acos,

    /// <summary>The arc tangent in radians.</summary>
    Atan,

    /// <summary>The hyperbolic sine.</summary>
    Sinh,

    /// <summary>The hyperbolic cosine.</summary>
    Cosh,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>Radians as degrees.</summary>
    Degrees,

    /// <summary>Degrees as radians.</summary>
    Radians,
}
