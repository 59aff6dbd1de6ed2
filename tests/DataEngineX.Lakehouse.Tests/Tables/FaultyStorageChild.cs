using System.Diagnostics;
using System.Globalization;
using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>
/// What <see cref="FaultyStorageTests"/> runs in a process of its own, whose files may not grow or which may not write the folder. Test runs leave the
/// trait Child out.
/// </summary>
[Trait("Category", "Child")]
public sealed class FaultyStorageChild
{
    /// <summary>Names the folder of the table and so turns this on.</summary>
    public const string Folder = "DEX_TEST_FAULTY_TABLE";

    private const int RowCount = 60_000;

    [Fact]
    public async Task Cannot_append()
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(folder is null, "Run by FaultyStorageTests.");
        var error = "none";
        try
        {
            using var lake = new Lake(new LocalObjectStore(folder));
            var random = new Random(3);
            await lake.AppendAsync(lake.Record(2), [.. Enumerable.Range(0, RowCount).Select(i => ((long?)i, (string?)$"{random.NextInt64():x}", (double?)random.NextDouble()))]);
        }
        catch (Exception e)
        {
            error = $"{e.GetType().Name}: {e.Message}";
        }

        // What counts coverage, and what is read by the test, needs room again.
        using var unlimited = Process.Start("prlimit", ["--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited"]);
        await unlimited.WaitForExitAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder + ".error", error, TestContext.Current.CancellationToken);
    }
}
