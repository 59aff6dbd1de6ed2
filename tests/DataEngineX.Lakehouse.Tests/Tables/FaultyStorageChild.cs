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

    /// <summary>Many rows that hardly compress.</summary>
    public static (long? Id, string? Name, double? Amount)[] Many()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, RowCount).Select(i => ((long?)i, (string?)$"{random.NextInt64():x}", (double?)random.NextDouble()))];
    }

    [Fact]
    public Task Cannot_append() => TryAsync(lake => lake.AppendAsync(lake.Record(2), Many()));

    [Fact]
    public Task Cannot_compact() => TryAsync(async lake => await (await lake.TableAsync()).ApplyAsync(new CompactFiles()));

    [Fact]
    public Task Cannot_take_a_checkpoint() => TryAsync(lake => lake.AppendAsync(lake.Record(2), (2, "a", 2)));

    [Fact]
    public Task Cannot_vacuum() => TryAsync(async lake =>
        await (await lake.TableAsync()).VacuumAsync(new TableVacuum { Retention = TimeSpan.Zero, AllowShorter = true }));

    private static async Task TryAsync(Func<Lake, Task> work)
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(folder is null, "Run by FaultyStorageTests.");
        var error = "none";
        try
        {
            using var lake = new Lake(new LocalObjectStore(folder));
            await work(lake);
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
