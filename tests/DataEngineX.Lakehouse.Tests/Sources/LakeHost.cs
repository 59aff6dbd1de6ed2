using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Pipelines over a lakehouse of their own, with an inbox beside it.</summary>
public sealed class LakeHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;

    public LakeHost(Action<LakeHost, IDataEngineXBuilder> describe)
    {
        var builder = new Builder();
        builder.UseLakehouse(_folder["lake"]);
        describe(this, builder);
        builder.AddEngine();
        _services = builder.Services.BuildServiceProvider();
    }

    public string Inbox => _folder["inbox"];

    public string Lake => _folder["lake"];

    public ITableCatalog Tables => _services.GetRequiredService<ITableCatalog>();

    public IObjectStore Objects => _services.GetRequiredService<IObjectStore>();

    public ValueTask<RunRecord> Run(string pipeline) => _services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest(pipeline));

    /// <summary>Puts a file that is old enough to be complete.</summary>
    public void Receive(string name, string text, int age = 60) => Receive(name, System.Text.Encoding.UTF8.GetBytes(text), age);

    public void Receive(string name, byte[] content, int age = 60)
    {
        Directory.CreateDirectory(Inbox);
        var path = Path.Combine(Inbox, name);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(-age));
    }

    public async Task<List<string>> Read(Layer layer, string table, params string[] columns)
    {
        var found = await Tables.FindAsync(DatasetId.Table(layer, table));
        return found is null ? [] : await Rows.Of(found.ScanAsync(new TableScan { Columns = columns }));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Builder : IDataEngineXBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
