namespace DataEngineX.Pipelines;

/// <summary>The function that a method of <see cref="Sql"/> stands for.</summary>
/// <param name="name">One of <see cref="Expressions.FunctionNames"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SqlFunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
