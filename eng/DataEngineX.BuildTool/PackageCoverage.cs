namespace DataEngineX.BuildTool;

/// <summary>The lines of one package that some test reached.</summary>
/// <param name="Package">The package, which is its assembly's name.</param>
/// <param name="Covered">Lines reached.</param>
/// <param name="Lines">Lines that could be.</param>
public sealed record PackageCoverage(string Package, int Covered, int Lines)
{
    /// <summary>Covered lines in a hundred; 0 when nothing was measured.</summary>
    public double Percent => Lines == 0 ? 0 : 100.0 * Covered / Lines;
}
