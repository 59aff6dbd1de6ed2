using System.Diagnostics;
using DataEngineX.Pipelines.Tests.Compute;

namespace DataEngineX.Pipelines.Tests.Evaluating;

/// <summary>The kernels' own tests once more on processors with fewer vector instructions, which a child process is told it has.</summary>
public sealed class SimdTierTests
{
    private static readonly Type[] Kernels =
    [
        typeof(ArithmeticTests), typeof(ComparisonTests), typeof(InSetTests), typeof(LogicTests), typeof(MathFunctionsTests), typeof(SelectionTests),
        typeof(TypesTests), typeof(ChoiceTests), typeof(DecimalTests), typeof(HashTests), typeof(AccumulatorTests), typeof(GroupIndexTests), typeof(SortingTests),
        typeof(ConcatenationTests), typeof(SimdTierProofTests),
    ];

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX512")]
    public async Task Kernels_give_the_same_without(string tier)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(start.FileName), "dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(SimdTierTests).Assembly.Location);
        foreach (var kernels in Kernels)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(kernels.FullName!);
        }

        start.Environment[tier] = "0";
        start.Environment[SimdTierProofTests.Variable] = tier;
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, $"{tier}=0: {output}{await errors}");
        Assert.Matches("Total: [1-9][0-9]{2}", output);
    }
}
