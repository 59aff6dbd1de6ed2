namespace DataEngineX.Plans;

/// <summary>What sources, targets and operators may reach: tables, objects, the clock and the host's services.</summary>
/// <param name="Tables">The lakehouse tables.</param>
/// <param name="Objects">The object store below the tables.</param>
/// <param name="Clock">The host's clock.</param>
/// <param name="Services">The host's services, for sources and targets of one's own.</param>
public sealed record DataAccess(ITableCatalog Tables, IObjectStore Objects, TimeProvider Clock, IServiceProvider Services)
{
    /// <summary>Where tests make sources and targets fail. <value>Default: nowhere.</value></summary>
    public IFailpoints Failpoints { get; init; } = NoFailpoints.Instance;
}
