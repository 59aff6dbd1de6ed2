using System.Reflection;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>One column of a row type.</summary>
/// <param name="Name">The column name.</param>
/// <param name="Type">The column type.</param>
/// <param name="IsNullable">Whether the member can hold null.</param>
/// <param name="Property">The member.</param>
public sealed record RowColumn(string Name, IArrowType Type, bool IsNullable, PropertyInfo Property);
