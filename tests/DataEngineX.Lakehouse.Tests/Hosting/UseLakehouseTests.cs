using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Lakehouse.Tests.Hosting;

public sealed class UseLakehouseTests
{
    [Fact]
    public void The_folder_of_the_host_goes_before_the_one_the_code_asks_for()
    {
        using var folder = new TempFolder();
        using var asked = Build(folder["asked"], _ => { });
        Assert.Equal(folder["asked"] + "/", asked.GetRequiredService<IObjectStore>().Location.LocalPath.Replace('\\', '/'));
        using var configured = Build(folder["asked"], s => s.AddSingleton(new StateFolder(folder["configured"])));
        Assert.EndsWith("configured/", configured.GetRequiredService<IObjectStore>().Location.LocalPath.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.NotNull(configured.GetRequiredService<ITableCatalog>());
    }

    [Fact]
    public void An_unwritable_folder_is_one_plain_sentence()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "in the way");
        using var services = Build(folder["file/lake"], _ => { });
        var error = Assert.Throws<DataEngineXException>(() => services.GetRequiredService<IObjectStore>());
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string path, Action<IServiceCollection> before)
    {
        var builder = new Builder();
        before(builder.Services);
        builder.UseLakehouse(path);
        return builder.Services.BuildServiceProvider();
    }

    private sealed class Builder : IDataEngineXBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
