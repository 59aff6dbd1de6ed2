namespace DataEngineX.Pipelines;

/// <summary>Several things disposed together, the first first.</summary>
internal sealed class Disposables(params IReadOnlyList<IDisposable> items) : IDisposable
{
    public void Dispose()
    {
        foreach (var item in items)
            item.Dispose();
    }
}
