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
/// <item>Doubles that are computed in another order of steps (means, deviations, quantiles, rolling frames) may differ in their last digits, which
/// shows where rows are ordered by them or grouped: the plans cast them to float.</item>
/// <item>A sum, a mean or a deviation of decimals and 64-bit numbers, and rolling frames, are asked for near zero, where nothing overflows, and
/// where DuckDB loses no digits to a large number that left the frame.</item>
/// <item>A correlation without spread is null here and NaN there.</item>
/// <item>A square root of a negative number is NaN here and an error there; <c>/</c> of whole numbers is <c>//</c> there; <c>TryCast</c> of a
/// real cuts off its fraction here and rounds there; a short text is padded in both, a long one cut only there.</item>
/// <item>Negative or missing parts of a text that is split, and regular expressions that match nowhere, are null here and empty there; <c>.</c> and
/// <c>\w</c> of regular expressions mean .NET's characters here.</item>
/// <item>Reals, times and flags are written as texts in another form; only whole numbers and dates are cast to text.</item>
/// <item>DuckDB's <c>date_diff('week')</c> cuts towards zero, so that weeks around 1970-01-01 are counted wrongly; the plans count Mondays.</item>
/// <item>DuckDB 1.5.6 rewrites <c>TRY_CAST(x AS TINYINT) &lt; 6</c> of a whole number to <c>x &lt; 6</c>, which is true of numbers that do not fit and
/// should be null; without its expression rewriter it agrees. The plans ask with <c>CASE</c>.</item>
/// <item>To DuckDB 1.5.6 a minus with blanks behind it is the number 0; the SQL trims what it casts.</item>
/// <item>With a budget of less than 1 MB, a plan may be refused for want of memory; it is never answered wrongly.</item>
/// <item>Arithmetic on whole numbers that overflows is an error in both, but which rows are computed depends on the plan; operands are
/// therefore kept small.</item>
/// <item>DuckDB 1.5.6 moves filters it makes from a join's held side below the LIMIT of the other side, when that side is read late enough:
/// about one run in 300 gives rows that are not among the first. The optimizer that does it is switched off.</item>
/// <item>DuckDB 1.5.6 passes over the rows of a column of nulls alone when it scans for <c>x IS DISTINCT FROM 3 OR x IS NOT DISTINCT FROM 1</c>, which is
/// true of them; where filters are not moved into scans it agrees. That optimizer is switched off too.</item>
/// <item>In DuckDB's as-of join on keys, null keys match each other and a left row whose time is null finds a partner; here neither matches
/// anything. The SQL leaves null keys out on the right, and makes the keys of a left row without a time null.</item>
/// </list>
/// </remarks>
internal static class KnownDifferences
{
    /// <summary>Most doubles differ by less than this share of their size.</summary>
    public const double Tolerance = 1e-9;
}
