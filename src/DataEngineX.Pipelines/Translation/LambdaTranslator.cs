using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates typed lambdas into expressions over columns. What cannot be translated is refused with what to write instead.</summary>
public static class LambdaTranslator
{
    /// <summary>Translates <c>r =&gt; expression</c>.</summary>
    /// <param name="lambda">A lambda over one row.</param>
    /// <exception cref="PlanException">A form cannot be translated; it names the sub-expression and what to write instead.</exception>
    public static Expr Translate(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        return new TranslationVisitor(lambda, [string.Empty], null).Visit(lambda.Body);
    }

    /// <summary>Translates <c>r =&gt; new { r.A, B = r.X + 1 }</c>, <c>r =&gt; new Row(r.A)</c>, <c>r =&gt; new Row { A = r.A }</c>, <c>r =&gt; r.A</c> or <c>r =&gt; r</c>.</summary>
    /// <param name="lambda">A lambda over one row.</param>
    public static IReadOnlyList<NamedExpr> TranslateRow(LambdaExpression lambda) => TranslateRow(lambda, [string.Empty]);

    /// <summary>Translates keys: one value, or several as <c>new { … }</c>, each under the name of its member.</summary>
    /// <param name="lambda">A lambda over one row.</param>
    public static IReadOnlyList<NamedExpr> TranslateKeys(LambdaExpression lambda) => TranslateRow(lambda, [string.Empty]);

    /// <summary>Translates a lambda over rows of several inputs, whose columns are told apart by prefixes.</summary>
    internal static Expr Translate(LambdaExpression lambda, IReadOnlyList<string> prefixes) =>
        new TranslationVisitor(lambda, prefixes, null).Visit(lambda.Body);

    internal static IReadOnlyList<NamedExpr> TranslateRow(
        LambdaExpression lambda, IReadOnlyList<string> prefixes, Func<LinqExpression, Expr?>? extension = null)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        return new RowTranslator(new TranslationVisitor(lambda, prefixes, extension)).Translate(lambda.Body);
    }

    internal static Expr TranslatePart(LinqExpression part, LambdaExpression lambda, Func<LinqExpression, Expr?> extension) =>
        new TranslationVisitor(lambda, [.. lambda.Parameters.Select(_ => string.Empty)], extension).Visit(part);
}
