using System.Globalization;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Compare.Measuring;
using DataEngineX.Pipelines;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Benchmarks.Compare.Spilling;

/// <summary>The child process: one engine, one task, one budget. Its last line is what it held before and at most.</summary>
internal static class SpillChild
{
    public const string Verb = "spill-child";

    /// <param name="arguments">Engine, task, first file, second file, target, budget in bytes, threads, scratch folder.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var task = SpillTask.All.Single(t => t.Name == arguments[1]);
        var budget = long.Parse(arguments[5], CultureInfo.InvariantCulture);
        var threads = int.Parse(arguments[6], CultureInfo.InvariantCulture);
        var idle = ProcessMemory.ResidentBytes;
        if (arguments[0] == Entry.DuckDbName)
            RunDuckDb(string.Format(CultureInfo.InvariantCulture, task.Sql, arguments[2], arguments[3]), arguments[4], budget, threads, arguments[7]);
        else
            await RunOwnAsync(task, arguments, budget, threads);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{idle} {ProcessMemory.PeakBytes}"));
        return 0;
    }

    private static void RunDuckDb(string sql, string target, long budget, int threads, string scratch)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SET threads={threads}; SET memory_limit='{budget / 1_000_000}MB'; SET temp_directory='{scratch}'; SET preserve_insertion_order=false; COPY ({sql}) TO '{target}' (FORMAT parquet)";
        command.ExecuteNonQuery();
    }

    private static async Task RunOwnAsync(SpillTask task, IReadOnlyList<string> arguments, long budget, int threads)
    {
        var builder = new Builder();
        builder.UseLakehouse(arguments[7]);
        builder.AddPipeline("spill", p => task.Describe(p, arguments[2], arguments[3], arguments[4]));
        builder.AddEngine(o =>
        {
            o.Parallelism = threads;
            o.MemoryBudgetBytes = budget;
        });
        await using var services = builder.Services.BuildServiceProvider();
        var run = await services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("spill"));
        if (run.State != RunState.Succeeded)
            throw new InvalidOperationException($"The run is {run.State}: {run.Error}");
    }

    private sealed class Builder : IDataEngineXBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
