using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Text;

/// <summary>A column as sniffing found it, with what decided.</summary>
/// <param name="Name">The name.</param>
/// <param name="Path">The name, for a nested column after the names of what holds it: <c>address.city</c>, <c>tags[].key</c>.</param>
/// <param name="Type">The narrowest type that takes all values looked at.</param>
/// <param name="Values">How many values were looked at.</param>
/// <param name="Nulls">How many were null or missing.</param>
/// <param name="Line">The 1-based line of the value that decided: the one that ruled out a narrower type, or the first.</param>
/// <param name="Text">That value as it is written.</param>
/// <param name="Reason">Why the column has its type, in a few words.</param>
public sealed record SniffedColumn(string Name, string Path, IArrowType Type, long Values, long Nulls, long? Line, string? Text, string Reason);
