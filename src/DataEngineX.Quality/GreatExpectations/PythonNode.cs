namespace DataEngineX.Quality;

/// <summary>A node of a small Python expression: what row conditions and parameters of Great Expectations are written in.</summary>
internal abstract record PythonNode
{
    /// <summary>A name of a column, function or parameter.</summary>
    public sealed record Name(string Text) : PythonNode;

    /// <summary>None, a bool, a number or a text.</summary>
    public sealed record Constant(object? Value) : PythonNode;

    /// <summary>A list or tuple.</summary>
    public sealed record Items(IReadOnlyList<PythonNode> Values) : PythonNode;

    /// <summary><c>-x</c> or <c>not x</c>.</summary>
    public sealed record Unary(string Operator, PythonNode Operand) : PythonNode;

    /// <summary>Arithmetic, <c>and</c> or <c>or</c>.</summary>
    public sealed record Binary(string Operator, PythonNode Left, PythonNode Right) : PythonNode;

    /// <summary>A comparison, <c>in</c> or <c>not in</c>.</summary>
    public sealed record Compare(string Operator, PythonNode Left, PythonNode Right) : PythonNode;

    /// <summary><c>target.name</c>.</summary>
    public sealed record Member(PythonNode Target, string Text) : PythonNode;

    /// <summary><c>function(arguments, name=argument)</c>.</summary>
    public sealed record Call(PythonNode Function, IReadOnlyList<PythonNode> Arguments, IReadOnlyDictionary<string, PythonNode> Named) : PythonNode;
}
