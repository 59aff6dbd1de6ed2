using DataEngineX.Benchmarks.Compare.Answers;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>A task done by a library in this process; the result is any object.</summary>
internal sealed class PeerEntry<T>(string engine, Func<T> run, Func<T, Answer> answer, bool isSlow = true) : Entry(engine)
    where T : class
{
    private T? _result;

    public override bool IsSlow => isSlow;

    public override ValueTask RunAsync()
    {
        _result = run();
        return ValueTask.CompletedTask;
    }

    public override Answer ReadAnswer() => answer(_result!);

    public override void Release()
    {
        (_result as IDisposable)?.Dispose();
        _result = null;
    }
}
