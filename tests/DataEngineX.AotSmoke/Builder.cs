using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.AotSmoke;

internal sealed record Builder(IServiceCollection Services) : IDataEngineXBuilder;
