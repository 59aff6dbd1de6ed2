using System.Diagnostics;
using DataEngineX.Lakehouse.Tests.Csv;
using DataEngineX.Lakehouse.Tests.Parquet;

namespace DataEngineX.Lakehouse.Tests;

/// <summary>The tests of CSV parsing and of Parquet's pages once more on processors with fewer vector instructions, which a child process is told it has.</summary>
public sealed class SimdTierTests
{
    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task Files_are_read_the_same_without(string tier)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(start.FileName), "dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(SimdTierTests).Assembly.Location);
        foreach (var tests in new[] { typeof(CsvChunkTests), typeof(CsvNumberTests), typeof(CsvReaderTests), typeof(ParquetRoundTripTests), typeof(DuckDbTests) })
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(tests.FullName!);
        }

        start.Environment[tier] = "0";
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, $"{tier}=0: {output}{await errors}");
        Assert.Matches("Total: [1-9][0-9]", output);
    }
}
