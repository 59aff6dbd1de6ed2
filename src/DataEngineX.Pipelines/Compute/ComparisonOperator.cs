using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>How two values are compared.</summary>
[Experimental("DEX0001")]
public enum ComparisonOperator
{
    /// <summary>Left equals right.</summary>
    Equal,

    /// <summary>Left differs from right.</summary>
    NotEqual,

    /// <summary>Left is below right.</summary>
    LessThan,

    /// <summary>Left is below or equals right.</summary>
    LessThanOrEqual,

    /// <summary>Left is above right.</summary>
    GreaterThan,

    /// <summary>Left is above or equals right.</summary>
    GreaterThanOrEqual,
}
