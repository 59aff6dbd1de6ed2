using DataEngineX;
using DataEngineX.AotSmoke;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

// Published ahead of time and run: a whole pipeline with a gate, twice, and a read, without a JIT. Rows are positional records or Col().
Reading[] readings = [new("KSEA", new(2015, 7, 1), 89.6), new("KJFK", new(2015, 7, 1), 78.8), new("KJFK", new(2015, 7, 2), 999.9)];
var folder = Directory.CreateTempSubdirectory("dex-aot");
try
{
    var services = new ServiceCollection();
    services.AddSingleton<IObjectStore>(new LocalObjectStore(folder.FullName));
    services.AddSingleton<ITableCatalog>(p => new DeltaTableCatalog(p.GetRequiredService<IObjectStore>(), TimeProvider.System, NoFailpoints.Instance));
    new Builder(services).AddPipeline("readings.silver", p => ((Flow)p.ReadRows("readings", readings))
        .Select("station", "day", ((Col("temp_f") - 32.0) * 5.0 / 9.0).As("temp_c"))
        .Check(q => q.NotNull("station").Between("temp_c", -90.0, 60.0).OnFailure(Gate.Quarantine))
        .UpsertInto(Layer.Silver, "readings", "station", "day"));
    await using var provider = services.BuildServiceProvider();
    var runner = provider.GetRequiredService<IPipelineRunner>();
    var first = await runner.RunAsync(new RunRequest("readings.silver"));
    var second = await runner.RunAsync(new RunRequest("readings.silver"));
    var limit = 25.0;
    var hot = await provider.GetRequiredService<FlowReader>().ToListAsync(Flow.Table<Silver>(Layer.Silver, "readings").Where(r => r.TempC > limit));
    var works = first is { State: RunState.Succeeded, Rows: { Written: 2, Quarantined: 1 } } && !second.Published && hot.Count == 2;
    Console.WriteLine(works ? "AOT smoke: ok" : $"AOT smoke: failed: {first} {second} {hot.Count}");
    return works ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
