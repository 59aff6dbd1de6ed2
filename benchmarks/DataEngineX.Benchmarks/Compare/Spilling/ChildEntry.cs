using System.Diagnostics;
using System.Globalization;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;

namespace DataEngineX.Benchmarks.Compare.Spilling;

/// <summary>Runs a task in a process of its own; the time includes the process's start, which is the same for each engine.</summary>
internal sealed class ChildEntry(string engine, SpillTask task, string left, string right, long budget, int threads) : Entry(engine, threads)
{
    private readonly string _target = DataFiles.Output($"{task.Name}-{engine}-{threads}.parquet");
    private readonly string _scratch = DataFiles.Output($"{task.Name}-{engine}-{threads}-scratch");

    /// <summary>The most the child held beyond its idle size.</summary>
    public override long? PeakBytes => _peak;

    private long _peak;

    public override Entry WithThreads(int other) => new ChildEntry(Engine, task, left, right, budget, other);

    public override async ValueTask RunAsync()
    {
        Directory.CreateDirectory(_scratch);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [SpillChild.Verb, Engine, task.Name, left, right, _target, $"{budget}", $"{Threads}", _scratch];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var error = child.StandardError.ReadToEndAsync();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        if (child.ExitCode != 0)
            throw new InvalidOperationException((await error).Trim());
        var figures = output.Trim().Split('\n')[^1].Split(' ').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        _peak = Math.Max(_peak, figures[1] - figures[0]);
    }

    public override Answer ReadAnswer()
    {
        using var database = new DuckDb(Threads);
        return database.ReadInOrder($"SELECT * FROM read_parquet('{_target}')", task.Shape);
    }

    public override void Release()
    {
        File.Delete(_target);
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
    }
}
