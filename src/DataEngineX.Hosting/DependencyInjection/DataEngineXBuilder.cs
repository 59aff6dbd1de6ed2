using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.DependencyInjection;

internal sealed class DataEngineXBuilder(IServiceCollection services) : IDataEngineXBuilder
{
    public IServiceCollection Services { get; } = services;
}
