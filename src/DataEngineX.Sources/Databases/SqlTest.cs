namespace DataEngineX.Sources;

/// <summary>A condition on one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Comparison">With blanks around it, such as <c>" &gt; "</c>.</param>
/// <param name="Value">What it is compared with.</param>
internal sealed record SqlTest(string Column, string Comparison, object Value);
