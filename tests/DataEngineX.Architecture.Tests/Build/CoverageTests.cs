using DataEngineX.BuildTool;

namespace DataEngineX.Architecture.Tests.Build;

public sealed class CoverageTests : IDisposable
{
    private readonly string _results = Directory.CreateTempSubdirectory("dex-coverage").FullName;

    public void Dispose() => Directory.Delete(_results, recursive: true);

    [Fact]
    public void A_line_reached_by_any_suite_is_covered()
    {
        Write("one", "home/a/src/P.Core/File.cs", (1, 1), (2, 0), (3, 0));
        Write("two", "P.Core/File.cs", (1, 0), (2, 5), (3, 0));
        Write("three", "File.cs", (1, 0), (2, 0), (3, 0));

        var core = Assert.Single(Coverage.Read(_results, ["P.Core"]));

        Assert.Equal(new PackageCoverage("P.Core", 2, 3), core);
    }

    [Theory]
    [InlineData(66, true)]
    [InlineData(67, false)]
    public void A_package_under_the_floor_fails(int floor, bool good)
    {
        Write("one", "src/P.Core/File.cs", (1, 1), (2, 1), (3, 0));

        Assert.Equal(good, Coverage.Print(Coverage.Read(_results, ["P.Core"]), floor, TextWriter.Null));
    }

    [Fact]
    public void A_package_that_no_suite_measured_fails()
    {
        Write("one", "src/P.Core/File.cs", (1, 1));

        Assert.False(Coverage.Print(Coverage.Read(_results, ["P.Core", "P.Other"]), 80, TextWriter.Null));
    }

    private void Write(string suite, string file, params (int Number, int Hits)[] lines)
    {
        var body = string.Concat(lines.Select(l => $"""<line number="{l.Number}" hits="{l.Hits}" />"""));
        Directory.CreateDirectory(Path.Combine(_results, suite));
        File.WriteAllText(
            Path.Combine(_results, suite, "coverage.cobertura.xml"),
            $"""
            <coverage><packages><package name="P.Core"><classes><class filename="{file}"><lines>{body}</lines></class></classes></package></packages></coverage>
            """);
    }
}
