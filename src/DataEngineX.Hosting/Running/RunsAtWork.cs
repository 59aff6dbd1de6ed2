using System.Collections.Concurrent;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Running;

/// <summary>Keeps the newest progress of each run at work.</summary>
internal sealed class RunsAtWork : IRunsAtWork
{
    private readonly ConcurrentDictionary<Follower, RunProgress> _now = [];

    public IReadOnlyList<RunProgress> Now => [.. _now.Values];

    public RunProgress? Find(string runId) => _now.Values.FirstOrDefault(p => string.Equals(p.RunId, runId, StringComparison.Ordinal));

    /// <summary>Hears one run until it is disposed.</summary>
    public Follower Follow() => new(this);

    public sealed class Follower(RunsAtWork board) : IProgress<RunProgress>, IDisposable
    {
        public void Report(RunProgress value) => board._now[this] = value;

        public void Dispose() => board._now.TryRemove(this, out _);
    }
}
