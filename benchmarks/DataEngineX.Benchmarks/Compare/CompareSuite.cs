namespace DataEngineX.Benchmarks.Compare;

/// <summary>Tasks over one set of data, which is made when the suite is created and let go when it is disposed.</summary>
internal abstract class CompareSuite(string name, CompareOptions options) : IDisposable
{
    public string Name => name;

    protected CompareOptions Options => options;

    /// <summary>Whether a task is wanted; entries of the others need not be made.</summary>
    protected bool Wants(string task) => options.Tasks?.Contains(task, StringComparer.OrdinalIgnoreCase) ?? true;

    /// <summary>The tasks, each made when the one before has been measured.</summary>
    public abstract IEnumerable<CompareTask> Tasks();

    public abstract void Dispose();
}
