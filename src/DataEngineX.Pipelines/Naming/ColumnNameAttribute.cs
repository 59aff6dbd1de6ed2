namespace DataEngineX.Pipelines;

/// <summary>The column of a member whose name does not follow from <c>snake_case</c>.</summary>
/// <param name="name">The column name.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    /// <summary>The column name.</summary>
    public string Name { get; } = name;
}
