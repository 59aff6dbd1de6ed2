namespace DataEngineX.Pipelines;

/// <summary>How runs are executed.</summary>
public sealed class EngineOptions
{
    /// <summary>The most bytes one run may hold in Arrow buffers.</summary>
    /// <value>Default: 2 GiB.</value>
    public long MemoryBudgetBytes { get; set; } = 2L << 30;

    /// <summary>The folder in which operators put aside what does not fit the memory budget.</summary>
    /// <value>Default: null, the system's folder for temporary files.</value>
    public string? ScratchFolder { get; set; }

    /// <summary>Rows in a batch.</summary>
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
}
