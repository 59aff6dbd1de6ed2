using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary>Finds the one pipeline a verb was given.</summary>
internal static class VerbPipeline
{
    public static Pipeline? Find(IHostVerb verb, VerbArguments arguments, IPipelineCatalog pipelines, IVerbOutput output)
    {
        if (arguments.Values is not [var name])
        {
            output.Error.WriteLine($"Usage: {verb.Name} {verb.Usage}.");
            return null;
        }

        if (pipelines.TryFind(name, out var pipeline))
            return pipeline;
        output.Error.WriteLine(UnknownPipeline.Message(name, pipelines));
        return null;
    }
}
