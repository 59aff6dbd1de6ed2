namespace DataEngineX.AspNetCore.Tests;

internal sealed class TestBuilder(IServiceCollection services) : IDataEngineXBuilder
{
    public IServiceCollection Services { get; } = services;
}
