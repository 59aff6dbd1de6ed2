namespace DataEngineX.Expressions;

/// <content>Texts made of several values.</content>
public static partial class Columns
{
    /// <summary>The texts one after another; null where any is null.</summary>
    /// <param name="texts">Texts; values of other types are cast to text.</param>
    public static Expr Concat(params IReadOnlyList<Expr> texts) => new CallExpr(FunctionNames.Concat, texts);

    /// <summary>The texts that are not null, joined with a separator; never null.</summary>
    /// <param name="separator">What stands between two texts.</param>
    /// <param name="texts">Texts; values of other types are cast to text.</param>
    public static Expr ConcatWith(string separator, params IReadOnlyList<Expr> texts) =>
        new CallExpr(FunctionNames.ConcatWith, [separator, .. texts ?? []]);
}
