namespace DataEngineX.Expressions;

/// <content>Choice between values, where a null argument does not make the result null.</content>
public static partial class FunctionNames
{
    /// <summary>Conditions and values by turns, and a last value: the value of the first condition that is true, else the last.</summary>
    public const string Case = "case";

    /// <summary>Null where both arguments are equal, else the first.</summary>
    public const string NullIf = "null_if";

    /// <summary>Whether two values differ, where null equals null; never null itself.</summary>
    public const string IsDistinct = "is_distinct";

    /// <summary>Whether two values are the same, where null equals null; never null itself.</summary>
    public const string IsNotDistinct = "is_not_distinct";

    /// <summary>The greatest argument, nulls passed over; NaN is the greatest number.</summary>
    public const string Greatest = "greatest";

    /// <summary>The least argument, nulls passed over; NaN is the greatest number.</summary>
    public const string Least = "least";

    /// <summary>A 64-bit hash of the arguments as int64, the same in every version; a null counts as a value.</summary>
    public const string Hash = "hash";
}
