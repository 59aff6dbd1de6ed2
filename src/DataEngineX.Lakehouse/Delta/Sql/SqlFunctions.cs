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

    internal static string? FunctionOf(IReadOnlyList<(string Sql, string Function)> list, string sql) =>
        list.Where(f => string.Equals(f.Sql, sql, StringComparison.OrdinalIgnoreCase)).Select(f => f.Function).FirstOrDefault();

    internal static string? SqlOf(IReadOnlyList<(string Sql, string Function)> list, string function) =>
        list.Where(f => string.Equals(f.Function, function, StringComparison.Ordinal)).Select(f => f.Sql).FirstOrDefault();
}
