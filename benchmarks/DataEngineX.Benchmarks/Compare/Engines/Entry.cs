using DataEngineX.Benchmarks.Compare.Answers;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>How one engine does one task. Only <see cref="RunAsync"/> is timed; the result it makes is held until it is released.</summary>
internal abstract class Entry(string engine, int threads = 1)
{
    public const string DuckDbName = "duckdb";
    public const string OwnName = "dataenginex";

    public string Engine => engine;

    public int Threads => threads;

    /// <summary>Slow engines run less often.</summary>
    public virtual bool IsSlow => false;

    /// <summary>The most memory of the runs so far, where the engine runs in another process; null when it is this one's.</summary>
    public virtual long? PeakBytes => null;

    /// <summary>The same task with another number of threads; null where the engine has no such setting.</summary>
    public virtual Entry? WithThreads(int other) => null;

    /// <summary>What must stand before a run and is not part of it.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Does the task, and materialises and holds its whole result.</summary>
    public abstract ValueTask RunAsync();

    /// <summary>Digests the result held.</summary>
    public abstract Answer ReadAnswer();

    /// <summary>Lets the result go.</summary>
    public abstract void Release();
}
