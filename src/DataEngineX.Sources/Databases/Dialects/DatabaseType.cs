using Apache.Arrow.Types;

namespace DataEngineX.Sources;

/// <summary>How a database stores a column.</summary>
/// <param name="Sql">The type as it is written in a statement.</param>
/// <param name="Reads">The column type that is read back, which takes every value of the one written.</param>
/// <param name="IsOrdered">Whether the database compares values as the engine does. <value>Default: true.</value></param>
public sealed record DatabaseType(string Sql, IArrowType Reads, bool IsOrdered = true);
