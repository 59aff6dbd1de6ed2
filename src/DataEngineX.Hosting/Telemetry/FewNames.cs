using System.Collections.Concurrent;

namespace DataEngineX.Hosting.Telemetry;

/// <summary>Names as values of a tag, of which there may not be many: those beyond the first are one.</summary>
internal sealed class FewNames(int most)
{
    /// <summary>What all further names are called.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public string Of(string name)
    {
        if (_known.ContainsKey(name))
            return name;
        return _known.Count < most && _known.TryAdd(name, true) ? name : Other;
    }
}
