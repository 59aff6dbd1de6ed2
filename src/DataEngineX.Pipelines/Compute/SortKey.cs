using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>A column to sort by.</summary>
/// <param name="Column">The column, borrowed.</param>
/// <param name="Descending">Whether greater values come first; default no.</param>
/// <param name="NullsFirst">Whether nulls come before all values, whatever the direction; default no.</param>
[Experimental("DEX0001")]
public sealed record SortKey(IArrowArray Column, bool Descending = false, bool NullsFirst = false);
