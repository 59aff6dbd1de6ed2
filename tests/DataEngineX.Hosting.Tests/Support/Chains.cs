using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Tests.Support;

internal static class Chains
{
    /// <summary>Adds a pipeline that copies what is new in one feed to another.</summary>
    public static IDataEngineXBuilder AddCopy(this IDataEngineXBuilder builder, string name, Feed from, Feed to) =>
        builder.AddPipeline(name, p => p.Read(from.AsSource()).Incremental().Into(to.AsTarget()));
}
