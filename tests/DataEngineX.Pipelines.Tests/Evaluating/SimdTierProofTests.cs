using System.Runtime.Intrinsics.X86;

namespace DataEngineX.Pipelines.Tests.Evaluating;

/// <summary>In the child processes of <see cref="SimdTierTests"/>: the instructions that were switched off are off.</summary>
public sealed class SimdTierProofTests
{
    public const string Variable = "DEX_TEST_SIMD_TIER";

    [Fact]
    public void What_was_switched_off_is_off()
    {
        var tier = Environment.GetEnvironmentVariable(Variable);
        Assert.False(Avx512F.IsSupported && tier is not null, tier);
        Assert.False(Avx2.IsSupported && (tier is "DOTNET_EnableAVX2" or "DOTNET_EnableHWIntrinsic"), tier);
        Assert.False(Sse42.IsSupported && tier is "DOTNET_EnableHWIntrinsic", tier);
    }
}
