using System.Text.Json;
using DataEngineX.Architecture.Tests.Checks;

namespace DataEngineX.Architecture.Tests;

public class ReferenceTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory, MemberData(nameof(Packages))]
    public void A_package_references_only_packages_below_it(string package)
    {
        using var assembly = new AssemblyFile(Repository.Assembly(package));
        var project = ProjectFile.Load(Repository.Project(package));

        Assert.Empty(ReferenceRule.Offenders(package, assembly.References.Concat(project.Projects).Distinct()));
    }

    [Fact]
    public void Every_reference_that_points_up_is_named()
    {
        var offenders = ReferenceRule.Offenders(
            "DataEngineX.Pipelines", ["DataEngineX.Abstractions", "DataEngineX.Lakehouse", "Apache.Arrow", "DataEngineX.Pipelines.Other"]);

        Assert.Collection(
            offenders,
            o => Assert.StartsWith("DataEngineX.Pipelines references DataEngineX.Lakehouse;", o, StringComparison.Ordinal),
            o => Assert.StartsWith("DataEngineX.Pipelines references DataEngineX.Pipelines.Other;", o, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DataEngineX.Quality", "DataEngineX.Lakehouse")]
    [InlineData("DataEngineX.Lakehouse", "DataEngineX.Quality")]
    [InlineData("DataEngineX.Hosting", "DataEngineX.ML")]
    [InlineData("DataEngineX.AspNetCore", "DataEngineX.ML")]
    [InlineData("DataEngineX.ML", "DataEngineX.Hosting")]
    [InlineData("DataEngineX.Abstractions", "DataEngineX.Pipelines")]
    [InlineData("DataEngineX.S3", "DataEngineX.Pipelines")]
    public void The_list_has_no_way_from_one_to_the_other(string package, string other) =>
        Assert.Single(ReferenceRule.Offenders(package, [other]));

    [Fact]
    public void Abstractions_needs_Arrow_and_the_injection_abstractions_and_nothing_else()
    {
        var project = ProjectFile.Load(Repository.Project("DataEngineX.Abstractions"));
        using var assembly = new AssemblyFile(Repository.Assembly("DataEngineX.Abstractions"));

        Assert.Equal(["Apache.Arrow", "Microsoft.Extensions.DependencyInjection.Abstractions"], project.Packages.Order());
        Assert.Empty(project.Frameworks);
        Assert.DoesNotContain(assembly.References, IsForeignToAbstractions);
    }

    [Theory]
    [InlineData("Apache.Arrow", false)]
    [InlineData("System.Runtime", false)]
    [InlineData("Microsoft.Extensions.DependencyInjection.Abstractions", false)]
    [InlineData("Microsoft.Extensions.DependencyInjection", true)]
    [InlineData("Microsoft.Extensions.Logging.Abstractions", true)]
    [InlineData("Parquet", true)]
    public void A_reference_of_Abstractions_is_judged_by_its_name(string reference, bool foreign) =>
        Assert.Equal(foreign, IsForeignToAbstractions(reference));

    [Theory]
    [InlineData("DataEngineX.Hosting")]
    [InlineData("DataEngineX.AspNetCore")]
    [InlineData("DataEngineX.Testing")]
    public void A_host_without_models_carries_no_ML_NET(string package) =>
        Assert.DoesNotContain(Restored(package), n => n.StartsWith("Microsoft.ML", StringComparison.Ordinal));

    [Fact]
    public void A_worker_carries_no_web_server()
    {
        Assert.DoesNotContain(Restored("DataEngineX.Hosting"), n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Empty(ProjectFile.Load(Repository.Project("DataEngineX.Hosting")).Frameworks);
    }

    [Fact]
    public void What_restore_resolved_is_seen() =>
        Assert.Contains("Microsoft.ML", Restored("DataEngineX.ML"));

    [Fact]
    public void A_project_file_tells_its_projects_packages_and_frameworks()
    {
        var project = ProjectFile.Parse(
            """
            <Project><ItemGroup>
              <ProjectReference Include="..\DataEngineX.Hosting\DataEngineX.Hosting.csproj" />
              <PackageReference Include="Microsoft.ML" /><FrameworkReference Include="Microsoft.AspNetCore.App" />
            </ItemGroup></Project>
            """);

        Assert.Equal(["DataEngineX.Hosting"], project.Projects);
        Assert.Equal(["Microsoft.ML"], project.Packages);
        Assert.Equal(["Microsoft.AspNetCore.App"], project.Frameworks);
    }

    private static bool IsForeignToAbstractions(string reference) =>
        reference is not ("Apache.Arrow" or "Apache.Arrow.Scalars" or "Microsoft.Extensions.DependencyInjection.Abstractions" or "netstandard")
        && !reference.StartsWith("System.", StringComparison.Ordinal);

    private static IReadOnlyList<string> Restored(string package)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.Assets(package)));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(l => l.Name.Split('/')[0])];
    }
}
