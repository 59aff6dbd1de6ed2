using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Docs.Tests;

/// <summary>Compiles the cells of tables of docs/expressions.md, all rows of a table at once.</summary>
internal static partial class ExpressionRows
{
    private const string Head = """
        using System.Linq.Expressions;
        using System.Text.RegularExpressions;

        public enum Kind { Small, Large }

        [Flags]
        public enum Flags { A = 1, B = 2 }

        public sealed record Address(string City);

        public sealed record Sample(
            string S, string T, int N, int? M, long L, double X, decimal Price, bool Flag, Kind Kind, Flags Flags, Guid Id,
            DateOnly D, DateOnly E, DateTime W, DateTime V, DateTimeOffset I, TimeSpan P, int[] Tags, Address Home);

        public static class Rows
        {
            private static readonly int limit = 5;
            private static readonly string? nothing = null;
            private static readonly string[] words = ["a", "b"];
            private static readonly List<string> wordList = ["a", "b"];
            private static readonly HashSet<int> ids = [1, 2];

            private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

            private static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

            private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

            private static LambdaExpression Lambda(Expression<Func<Sample, object?>> lambda) => lambda;

            private static (RecordBatch, Expr) Made<T>(T row, Expr expression) => (RowBatch.Create([row]), expression);


        """;

    /// <summary>Rows as methods that give the batch of the second cell and the expression of the first.</summary>
    public static IReadOnlyList<Func<(RecordBatch Batch, Expr Expression)>> Evaluated(IReadOnlyList<DocRow> rows) => Methods<(RecordBatch, Expr)>(
        rows, (row, i) =>
        {
            var columns = string.Concat(Name().Matches(row.Cells[1]).Select(m => $"Expr {m.Groups[1].Value} = Col(\"{m.Groups[1].Value}\"); "));
            return $"public static (RecordBatch, Expr) M{i}() {{ {columns} return Made(new {{ {row.Cells[1]} }}, {row.Cells[0]}); }}";
        });

    /// <summary>The C# form of each row as a lambda, and its untyped twin.</summary>
    public static IReadOnlyList<Func<(LambdaExpression Typed, Expr Untyped)>> Twins(IReadOnlyList<DocRow> rows) => Methods<(LambdaExpression, Expr)>(
        rows, (row, i) => $"public static (LambdaExpression, Expr) M{i}() => (Lambda(r => (object?)({row.Cells[0]})), {row.Cells[1]});");

    public static IReadOnlyList<Func<LambdaExpression>> Lambdas(IReadOnlyList<DocRow> rows) => Methods<LambdaExpression>(
        rows, (row, i) => $"public static LambdaExpression M{i}() => Lambda(r => (object?)({row.Cells[0]}));");

    /// <summary>The first compiler error of a C# form in a lambda that becomes an expression tree; null when it compiles.</summary>
    public static string? ErrorOf(DocRow row)
    {
        var code = Head + $"public static LambdaExpression M() => Lambda(r => (object?)({row.Cells[0]})); }}";
        return SnippetCompiler.Compile(new Snippet("docs/expressions.md", row.Line, code)).GetDiagnostics()
            .FirstOrDefault(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)?.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The one value of an evaluated row, as the page writes it.</summary>
    public static string Shown(RecordBatch batch, Expr expression)
    {
        var bound = ExpressionBinder.Bind(expression, batch.Schema);
        var isText = bound.Type is StringType;
        var written = isText ? bound : ExpressionBinder.Bind(expression.Cast(StringType.Default), batch.Schema);
        using var array = (StringArray)written.Evaluate(
            batch, new Plans.RunParameters(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)), Apache.Arrow.Memory.MemoryAllocator.Default.Value);
        return array.IsNull(0) ? "null" : isText ? $"\"{array.GetString(0)}\"" : array.GetString(0);
    }

    private static List<Func<TResult>> Methods<TResult>(IReadOnlyList<DocRow> rows, Func<DocRow, int, string> method)
    {
        var code = Head + string.Join('\n', rows.Select((r, i) => $"#line {r.Line} \"docs/expressions.md\"\n{method(r, i)}")) + "\n}\n";
        using var stream = new MemoryStream();
        var emitted = SnippetCompiler.Compile(new Snippet("docs/expressions.md", 0, code), $"Rows{Guid.NewGuid():N}").Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
        var type = Assembly.Load(stream.ToArray()).GetType("Rows")!;
        return [.. rows.Select((_, i) => type.GetMethod($"M{i}")!.CreateDelegate<Func<TResult>>())];
    }

    [GeneratedRegex(@"(?:^|, )(\w+) = ")]
    private static partial Regex Name();
}
