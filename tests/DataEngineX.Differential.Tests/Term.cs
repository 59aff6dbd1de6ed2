using DataEngineX.Expressions;

namespace DataEngineX.Differential.Tests;

/// <summary>An expression of ours, the SQL that means the same, and their type.</summary>
internal sealed record Term(Expr Expr, string Sql, ColumnKind Kind);
