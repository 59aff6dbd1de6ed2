using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>An unpivot with its columns resolved.</summary>
/// <param name="Schema">The output: columns kept, name, value.</param>
/// <param name="Kept">The input columns kept.</param>
/// <param name="Values">The input columns that become rows.</param>
/// <param name="Names">Their names.</param>
/// <param name="Type">The common type of their values.</param>
/// <param name="DropNulls">Whether no row is made of a null.</param>
internal sealed record UnpivotPlan(
    Schema Schema, IReadOnlyList<int> Kept, IReadOnlyList<int> Values, IReadOnlyList<string> Names, IArrowType Type, bool DropNulls);
