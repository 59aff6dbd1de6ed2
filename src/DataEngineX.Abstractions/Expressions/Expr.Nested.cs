namespace DataEngineX.Expressions;

/// <content>Access to lists and structs.</content>
public abstract partial class Expr
{
    /// <summary>Number of elements of a list, null ones included.</summary>
    public Expr ListLength() => new CallExpr(FunctionNames.ListLength, this);

    /// <summary>An element of a list; null beyond its ends.</summary>
    /// <param name="index">0-based; negative counts from the end, -1 being the last.</param>
    public Expr ElementAt(Expr index) => new CallExpr(FunctionNames.ListElement, this, index);

    /// <summary>Whether a list has an element equal to a value; null elements are passed over.</summary>
    /// <param name="value">The value looked for; null gives null.</param>
    public Expr ListContains(Expr value) => new CallExpr(FunctionNames.ListContains, this, value);

    /// <summary>A field of a struct; null where the struct is.</summary>
    /// <param name="name">The field's name, matched exactly.</param>
    public Expr Field(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new CallExpr(FunctionNames.StructField, this, name);
    }
}
