namespace DataEngineX.Docs.Tests;

/// <summary>The page of failpoints tells of every one, and of no other.</summary>
public sealed class FailpointPageTests
{
    [Fact]
    public void Every_failpoint_is_told_of() => Assert.Equal(
        FailpointNames.All.Order(StringComparer.Ordinal),
        DocRow.Of("docs/failpoints.md", "| name | what stands there |").Select(r => r.Cells[0]).Order(StringComparer.Ordinal));
}
