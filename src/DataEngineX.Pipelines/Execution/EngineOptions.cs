namespace DataEngineX.Pipelines;

/// <summary>How runs are executed.</summary>
public sealed class EngineOptions
{
    /// <summary>The most bytes one run may hold.</summary>
    /// <remarks>
    /// Counted are: all buffers of batches, whether in flight, held by an operator or waiting for a writer; the tables, states and orders of
    /// operators and what they read back from disk; the packed and unpacked pages of Parquet readers; what Parquet writers encode into, as three
    /// times their largest row group. Blocks that are kept to be used again are kept only as far as the budget has room for them. Operators that
    /// hold state spill before the budget is used up; batches and row groups are made smaller when it is small. What cannot be made to fit ends
    /// the run with <see cref="MemoryBudgetException"/>. Not counted are code, objects and the scratch arrays of one batch, which do not grow
    /// with the input: leave some tens of megabytes for them.
    /// </remarks>
    /// <value>Default: 2 GiB.</value>
    public long MemoryBudgetBytes { get; set; } = 2L << 30;

    /// <summary>The folder in which operators put aside what does not fit the memory budget.</summary>
    /// <value>Default: null, the system's folder for temporary files.</value>
    public string? ScratchFolder { get; set; }

    /// <summary>The most rows in a batch; a small budget or many threads make batches smaller, down to 1,024 rows.</summary>
    /// <value>Default: 65,536.</value>
    public int BatchRows { get; set; } = 65_536;

    /// <summary>Threads a run may use.</summary>
    /// <value>Default: the number of processors.</value>
    public int Parallelism { get; set; } = Environment.ProcessorCount;

    /// <summary>The seed of everything random in a run, such as samples: the same seed draws the same rows of the same input.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; set; }

    /// <summary>How long a lease on a pipeline holds without renewal; it is renewed at a third of it.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock by which deadlines of runs and waits between attempts count: real time, also where the host's clock is a replayed one.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Waits { get; set; } = TimeProvider.System;
}
