using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>How two numbers are combined.</summary>
[Experimental("DEX0001")]
public enum ArithmeticOperator
{
    /// <summary>Left plus right.</summary>
    Add,

    /// <summary>Left minus right.</summary>
    Subtract,

    /// <summary>Left times right.</summary>
    Multiply,

    /// <summary>Left divided by right; integers are truncated toward zero, and division by integer zero gives null.</summary>
    Divide,

    /// <summary>The remainder with the sign of the left side; null for an integer divisor of zero.</summary>
    Modulo,
}
