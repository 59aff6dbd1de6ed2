using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>The operators and functions that mean the same in SQL and in expressions.</summary>
internal static class SqlFunctions
{
    /// <summary>Comparisons, as SQL has them and as expressions do.</summary>
    internal static IReadOnlyList<(string Sql, string Function)> Comparisons { get; } =
    [
        ("=", FunctionNames.Equal), ("==", FunctionNames.Equal), ("<>", FunctionNames.NotEqual), ("!=", FunctionNames.NotEqual),
        ("<=>", FunctionNames.IsNotDistinct), ("<=", FunctionNames.LessOrEqual), (">=", FunctionNames.GreaterOrEqual),
        ("<", FunctionNames.Less), (">", FunctionNames.Greater),
    ];

    /// <summary>Functions called by name.</summary>
    internal static IReadOnlyList<(string Sql, string Function)> Calls { get; } =
    [
        ("length", FunctionNames.Length), ("char_length", FunctionNames.Length), ("lower", FunctionNames.Lower), ("upper", FunctionNames.Upper),
        ("trim", FunctionNames.Trim), ("abs", FunctionNames.Abs), ("coalesce", FunctionNames.Coalesce), ("isnan", FunctionNames.IsNaN),
        ("contains", FunctionNames.Contains), ("startswith", FunctionNames.StartsWith), ("endswith", FunctionNames.EndsWith),
        ("year", FunctionNames.Year), ("month", FunctionNames.Month), ("day", FunctionNames.Day),
    ];

    /// <summary>More functions, which conditions of readers may use; for some of them engines differ, so constraints may not.</summary>
    internal static IReadOnlyList<(string Sql, string Function)> More { get; } =
    [
        ("len", FunctionNames.Length), ("character_length", FunctionNames.Length), ("octet_length", FunctionNames.ByteLength), ("lcase", FunctionNames.Lower),
        ("ucase", FunctionNames.Upper), ("ltrim", FunctionNames.TrimStart), ("rtrim", FunctionNames.TrimEnd), ("concat", FunctionNames.Concat),
        ("concat_ws", FunctionNames.ConcatWith), ("replace", FunctionNames.Replace), ("left", FunctionNames.Left), ("right", FunctionNames.Right),
        ("lpad", FunctionNames.PadLeft), ("rpad", FunctionNames.PadRight), ("repeat", FunctionNames.Repeat), ("reverse", FunctionNames.Reverse),
        ("starts_with", FunctionNames.StartsWith), ("ends_with", FunctionNames.EndsWith), ("split", FunctionNames.Split),
        ("regexp_like", FunctionNames.MatchesRegex), ("regexp_replace", FunctionNames.RegexReplace), ("regexp_extract", FunctionNames.RegexExtract),
        ("if", FunctionNames.If), ("iff", FunctionNames.If), ("ifnull", FunctionNames.Coalesce), ("nvl", FunctionNames.Coalesce), ("nullif", FunctionNames.NullIf),
        ("greatest", FunctionNames.Greatest), ("least", FunctionNames.Least), ("isnull", FunctionNames.IsNull), ("isnotnull", FunctionNames.IsNotNull),
        ("sign", FunctionNames.Sign), ("round", FunctionNames.RoundAway), ("bround", FunctionNames.Round), ("floor", FunctionNames.Floor),
        ("ceil", FunctionNames.Ceiling), ("ceiling", FunctionNames.Ceiling), ("trunc", FunctionNames.Truncate), ("sqrt", FunctionNames.Sqrt),
        ("cbrt", FunctionNames.Cbrt), ("exp", FunctionNames.Exp), ("ln", FunctionNames.Log), ("log10", FunctionNames.Log10), ("log2", FunctionNames.Log2),
        ("pow", FunctionNames.Pow), ("power", FunctionNames.Pow), ("sin", FunctionNames.Sin), ("cos", FunctionNames.Cos), ("tan", FunctionNames.Tan),
        ("asin", FunctionNames.Asin), ("acos", FunctionNames.Acos), ("atan", FunctionNames.Atan), ("atan2", FunctionNames.Atan2),
        ("degrees", FunctionNames.Degrees), ("radians", FunctionNames.Radians), ("mod", FunctionNames.Modulo),
        ("isfinite", FunctionNames.IsFinite), ("isinf", FunctionNames.IsInfinite),
        ("quarter", FunctionNames.Quarter), ("dayofmonth", FunctionNames.Day), ("dayofyear", FunctionNames.DayOfYear), ("weekofyear", FunctionNames.IsoWeek),
        ("hour", FunctionNames.Hour), ("minute", FunctionNames.Minute), ("second", FunctionNames.Second),
        ("make_date", FunctionNames.MakeDate), ("size", FunctionNames.ListLength), ("cardinality", FunctionNames.ListLength),
        ("array_contains", FunctionNames.ListContains),
    ];

    internal static string? FunctionOf(IReadOnlyList<(string Sql, string Function)> list, string sql) =>
        list.Where(f => string.Equals(f.Sql, sql, StringComparison.OrdinalIgnoreCase)).Select(f => f.Function).FirstOrDefault();

    internal static string? SqlOf(IReadOnlyList<(string Sql, string Function)> list, string function) =>
        list.Where(f => string.Equals(f.Function, function, StringComparison.Ordinal)).Select(f => f.Sql).FirstOrDefault();
}
