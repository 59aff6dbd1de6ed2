using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Takes conditions apart at AND and puts them together again.</summary>
internal static class Conjuncts
{
    public static IEnumerable<Expr> Of(Expr condition) => condition is CallExpr { Function: FunctionNames.And } and
        ? and.Children.SelectMany(Of)
        : [condition];

    public static Expr Join(IEnumerable<Expr> conditions) => conditions.Aggregate((l, r) => l & r);
}
