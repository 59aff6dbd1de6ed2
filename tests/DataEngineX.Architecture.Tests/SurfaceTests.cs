using DataEngineX.Architecture.Tests.Checks;
using DataEngineX.Architecture.Tests.Samples;

namespace DataEngineX.Architecture.Tests;

public class SurfaceTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory, MemberData(nameof(Packages))]
    public void Public_signatures_show_only_types_the_package_may_show(string package)
    {
        using var assembly = new AssemblyFile(Repository.Assembly(package));

        Assert.Empty(ThirdPartyRule.Offenders(package, PublicSignatures.Of(assembly)));
    }

    [Theory, MemberData(nameof(Packages))]
    public void No_package_opens_its_internals(string package)
    {
        using var assembly = new AssemblyFile(Repository.Assembly(package));

        Assert.Empty(assembly.Friends);
    }

    [Fact]
    public void An_opened_assembly_is_seen()
    {
        using var assembly = new AssemblyFile(typeof(LeakySample).Assembly.Location);

        Assert.Equal(["DataEngineX.Nobody"], assembly.Friends);
    }

    [Theory]
    [InlineData("DataEngineX.Pipelines", nameof(LeakySample.Method))]
    [InlineData("DataEngineX.Pipelines", nameof(LeakySample.Field))]
    [InlineData("DataEngineX.Pipelines", "get_" + nameof(LeakySample.Property))]
    [InlineData("DataEngineX.Pipelines", nameof(LeakySample.Generic))]
    [InlineData("DataEngineX.Pipelines", nameof(LeakySample.Constrained))]
    [InlineData("DataEngineX.Pipelines", "Inherited")]
    [InlineData("DataEngineX.Pipelines", "Nested.Inner")]
    public void A_foreign_type_is_seen_wherever_it_stands(string package, string member)
    {
        using var assembly = new AssemblyFile(typeof(LeakySample).Assembly.Location);
        var own = PublicSignatures.Of(assembly).Where(s => s.Member.StartsWith(typeof(LeakySample).FullName!, StringComparison.Ordinal));

        var offenders = ThirdPartyRule.Offenders(package, own);

        Assert.Contains(offenders, o => o.StartsWith($"{typeof(LeakySample).FullName}.{member} shows Microsoft.ML.", StringComparison.Ordinal));
        Assert.DoesNotContain(offenders, o => o.Contains("Hidden", StringComparison.Ordinal));
        Assert.DoesNotContain(offenders, o => o.Contains("Apache.Arrow", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DataEngineX.ML", "Microsoft.ML.Data", true)]
    [InlineData("DataEngineX.Hosting", "Microsoft.ML.Data", false)]
    [InlineData("DataEngineX.AspNetCore", "Microsoft.AspNetCore.Routing", true)]
    [InlineData("DataEngineX.Hosting", "Microsoft.AspNetCore.Routing", false)]
    [InlineData("DataEngineX.Hosting", "Microsoft.Extensions.Options", true)]
    [InlineData("DataEngineX.Abstractions", "Microsoft.Extensions.Options", false)]
    [InlineData("DataEngineX.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", true)]
    [InlineData("DataEngineX.Abstractions", "Apache.Arrow", true)]
    [InlineData("DataEngineX.Lakehouse", "Parquet", false)]
    [InlineData("DataEngineX.Lakehouse", "Systematic", false)]
    [InlineData("DataEngineX.Lakehouse", "System.Runtime", true)]
    public void Whose_types_a_package_may_show_depends_on_the_package(string package, string assembly, bool allowed) =>
        Assert.Equal(allowed, ThirdPartyRule.Offenders(package, [("Member", assembly, "Type")]).Count == 0);
}
