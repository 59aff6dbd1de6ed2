using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>A pipeline of this engine that writes a file. Each run has a host and a lake of its own, made before the time is taken.</summary>
internal sealed class WriteEntry(Func<string, PipelineEnd> write, Func<string, Answer> answer, int threads) : Entry(Entry.OwnName, threads)
{
    private readonly string _target = DataFiles.Output($"written-{threads}");
    private readonly string _lake = DataFiles.Output($"lake-{threads}");
    private ServiceProvider? _services;
    private IPipelineRunner _runner = null!;

    public override Entry WithThreads(int other) => new WriteEntry(write, answer, other);

    public override void Prepare()
    {
        var builder = new Builder();
        builder.UseLakehouse(_lake);
        builder.AddPipeline("write", _ => write(_target));
        builder.AddEngine(o =>
        {
            o.Parallelism = Threads;
            o.MemoryBudgetBytes = OwnEngine.Budget;
        });
        _services = builder.Services.BuildServiceProvider();
        _runner = _services.GetRequiredService<IPipelineRunner>();
    }

    public override async ValueTask RunAsync()
    {
        var run = await _runner.RunAsync(new RunRequest("write"));
        if (run.State != RunState.Succeeded)
            throw new InvalidOperationException($"The run is {run.State}: {run.Error}");
    }

    public override Answer ReadAnswer() => answer(_target);

    public override void Release()
    {
        _services?.Dispose();
        _services = null;
        File.Delete(_target);
        if (Directory.Exists(_lake))
            Directory.Delete(_lake, recursive: true);
    }

    private sealed class Builder : IDataEngineXBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
