namespace DataEngineX.Lakehouse.Tables;

/// <summary>What plans over tables have of a host's services: they read tables and staged rows only.</summary>
internal sealed class NoServices : IServiceProvider
{
    internal static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
