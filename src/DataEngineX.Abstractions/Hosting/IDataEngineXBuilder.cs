using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX;

/// <summary>What <c>AddDataEngineX</c> hands out; every package of the family grows it by extension methods.</summary>
public interface IDataEngineXBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}
