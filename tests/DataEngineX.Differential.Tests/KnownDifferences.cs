namespace DataEngineX.Differential.Tests;

/// <summary>Where both engines mean different things on purpose, and the random plans therefore do not go.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A sum of 64-bit numbers that does not fit is an error here; DuckDB sums in 128 bits. Only 32-bit numbers are summed.</item>
/// <item>A double computed from doubles may differ in its last digits, as threads add in any order. Random doubles are multiples of a
/// quarter, whose sums are exact; deviations are not asked for where values are infinite, which DuckDB refuses.</item>
/// <item>A comparison with NaN is false (but <c>!=</c>); to DuckDB NaN equals itself and is the greatest. The SQL says what we mean.</item>
/// <item>Upper case of ß is ß here, by invariant casing; to DuckDB it is ẞ. Random texts have none.</item>
/// <item>Joins on doubles: keys that are not numbers are left out.</item>
/// <item>Arithmetic on whole numbers that overflows is an error in both, but which rows are computed depends on the plan; operands are
/// therefore kept small.</item>
/// <item>DuckDB 1.5.6 moves filters it makes from a join's held side below the LIMIT of the other side, when that side is read late enough:
/// about one run in 300 gives rows that are not among the first. The optimizer that does it is switched off.</item>
/// </list>
/// </remarks>
internal static class KnownDifferences
{
    /// <summary>Most doubles differ by less than this share of their size.</summary>
    public const double Tolerance = 1e-9;
}
