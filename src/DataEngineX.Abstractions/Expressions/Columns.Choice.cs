namespace DataEngineX.Expressions;

/// <content>Choice and hashes over several values.</content>
public static partial class Columns
{
    /// <summary>Starts a choice: <c>When(a).Then(x).When(b).Then(y).Otherwise(z)</c>.</summary>
    /// <param name="condition">A boolean; null counts as false.</param>
    public static CaseCondition When(Expr condition) => new([], condition);

    /// <summary>The greatest value, nulls passed over; null only where all are. NaN is the greatest number.</summary>
    /// <param name="values">At least one value; all of one type or promoted to one.</param>
    public static Expr Greatest(params Expr[] values) => new CallExpr(FunctionNames.Greatest, values);

    /// <summary>The least value, nulls passed over; null only where all are. NaN is the greatest number.</summary>
    /// <param name="values">At least one value; all of one type or promoted to one.</param>
    public static Expr Least(params Expr[] values) => new CallExpr(FunctionNames.Least, values);

    /// <summary>A 64-bit hash of several values as int64, the same in every version; a null counts as a value.</summary>
    /// <param name="values">At least one value; their order counts.</param>
    public static Expr Hash(params Expr[] values) => new CallExpr(FunctionNames.Hash, values);
}
