namespace DataEngineX.Expressions;

/// <summary>The names of all functions and operators an expression may call. SQL semantics: null in, null out, except where stated.</summary>
public static partial class FunctionNames
{
    /// <summary>Sum of two numbers; text with text joins them. Integer overflow is an error.</summary>
    public const string Add = "add";

    /// <summary>Difference of two numbers.</summary>
    public const string Subtract = "sub";

    /// <summary>Product of two numbers.</summary>
    public const string Multiply = "mul";

    /// <summary>Quotient; integers divide to an integer, and dividing an integer by zero gives null.</summary>
    public const string Divide = "div";

    /// <summary>Remainder with the sign of the dividend.</summary>
    public const string Modulo = "mod";

    /// <summary>The number with the other sign.</summary>
    public const string Negate = "neg";

    /// <summary>Equal.</summary>
    public const string Equal = "eq";

    /// <summary>Not equal.</summary>
    public const string NotEqual = "ne";

    /// <summary>Less than; text compares by bytes of UTF-8.</summary>
    public const string Less = "lt";

    /// <summary>Less than or equal.</summary>
    public const string LessOrEqual = "le";

    /// <summary>Greater than.</summary>
    public const string Greater = "gt";

    /// <summary>Greater than or equal.</summary>
    public const string GreaterOrEqual = "ge";

    /// <summary>Three-valued and.</summary>
    public const string And = "and";

    /// <summary>Three-valued or.</summary>
    public const string Or = "or";

    /// <summary>Three-valued not.</summary>
    public const string Not = "not";

    /// <summary>Whether the value is null; never null itself.</summary>
    public const string IsNull = "is_null";

    /// <summary>Whether the value is not null; never null itself.</summary>
    public const string IsNotNull = "is_not_null";

    /// <summary>The first argument that is not null.</summary>
    public const string Coalesce = "coalesce";

    /// <summary>Three arguments: condition, value when true, value when false or null.</summary>
    public const string If = "if";

    /// <summary>The first argument is one of those that follow.</summary>
    public const string In = "in";

    /// <summary>Lower case (invariant).</summary>
    public const string Lower = "lower";

    /// <summary>Upper case (invariant).</summary>
    public const string Upper = "upper";

    /// <summary>Without white space at both ends, or without the characters of a second literal.</summary>
    public const string Trim = "trim";

    /// <summary>Length of a text in characters (Unicode code points).</summary>
    public const string Length = "length";

    /// <summary>Text contains another.</summary>
    public const string Contains = "contains";

    /// <summary>Text starts with another.</summary>
    public const string StartsWith = "starts_with";

    /// <summary>Text ends with another.</summary>
    public const string EndsWith = "ends_with";

    /// <summary>Texts joined; null where any is null.</summary>
    public const string Concat = "concat";

    /// <summary>Part of a text: 0-based start (negative from the end) and, unless the rest is wanted, length, in characters.</summary>
    public const string Substring = "substring";

    /// <summary>Text with each occurrence of a literal text replaced by another.</summary>
    public const string Replace = "replace";

    /// <summary>Text contains a match of a literal regular expression (non-backtracking).</summary>
    public const string MatchesRegex = "matches_regex";

    /// <summary>Absolute value.</summary>
    public const string Abs = "abs";

    /// <summary>Rounded to a literal number of digits, half to even.</summary>
    public const string Round = "round";

    /// <summary>Largest whole number not above.</summary>
    public const string Floor = "floor";

    /// <summary>Smallest whole number not below.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>Square root.</summary>
    public const string Sqrt = "sqrt";

    /// <summary>Sine of radians.</summary>
    public const string Sin = "sin";

    /// <summary>Cosine of radians.</summary>
    public const string Cos = "cos";

    /// <summary>e to a power.</summary>
    public const string Exp = "exp";

    /// <summary>Natural logarithm.</summary>
    public const string Log = "log";

    /// <summary>A number to a power.</summary>
    public const string Pow = "pow";
}
