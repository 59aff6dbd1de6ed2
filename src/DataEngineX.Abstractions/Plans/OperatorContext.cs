using Apache.Arrow.Memory;

namespace DataEngineX.Plans;

/// <summary>What an operator of one run may use.</summary>
public abstract class OperatorContext
{
    /// <summary>The run's tracking allocator: every buffer comes from it, and it is the memory budget.</summary>
    public abstract MemoryAllocator Allocator { get; }

    /// <summary>Clock and seed of the run.</summary>
    public abstract RunParameters Parameters { get; }

    /// <summary>The run this operator works in.</summary>
    public abstract RunInfo Run { get; }

    /// <summary>The version of a dataset that a node of the plan reads in this run. <value>Default: null, it is not known, or the node reads none.</value></summary>
    /// <param name="node">The node.</param>
    public virtual InputVersion? InputOf(PlanNode node) => null;

    /// <summary>The row account of this operator.</summary>
    public abstract RowAccount Rows { get; }

    /// <summary>The number of rows a batch should have. <value>Default: 65,536.</value></summary>
    public virtual int BatchRows => 65_536;

    /// <summary>The number of threads the run may use.</summary>
    public abstract int Parallelism { get; }

    /// <summary>The folder for what does not fit the memory. <value>Default: the system's temporary folder.</value></summary>
    public virtual string ScratchFolder => Path.GetTempPath();

    /// <summary>Room for rows that are held until all are seen: within the operator's share of the memory budget, on disk beyond it. <value>Default: in memory.</value></summary>
    /// <param name="schema">The schema of the rows.</param>
    public virtual WaitingRows HoldRows(Apache.Arrow.Schema schema) => new RowsInMemory();

    /// <summary>Reports bytes that the operator has put aside on disk by itself. <value>Default: nobody is told.</value></summary>
    /// <param name="bytes">How many more.</param>
    public virtual void ReportSpilled(long bytes)
    {
    }

    /// <summary>Tables, objects and services, for operators that read something beside their inputs.</summary>
    public abstract DataAccess Data { get; }

    /// <summary>The writer of a side output that the bound node declared.</summary>
    /// <param name="name">The name of the side output.</param>
    public abstract ISideOutputWriter SideOutput(string name);

    /// <summary>Reports verdicts; they land in run record, commit and lineage.</summary>
    /// <param name="verdicts">The verdicts.</param>
    public abstract void Report(IReadOnlyList<Verdict> verdicts);

    /// <summary>
    /// Has something done once the rows of the run are published, and never when they are not: what fails then changes nothing of the run but its warnings, and
    /// what a crash prevents is not made up for. <value>Default: nothing is published, and nothing done.</value>
    /// </summary>
    /// <param name="action">What is done.</param>
    public virtual void WhenPublished(Func<CancellationToken, ValueTask> action)
    {
    }

    /// <summary>
    /// Reports an input that was refused whole while others go on. Where the target may lack it for now and it can be read again, by the next run
    /// (<see cref="BatchSource.LeaveOut"/>) or by a replay (<see cref="SourceRefusedException.IsSetAside"/>), what the others gave is published; elsewhere nothing is. The
    /// run ends as failed with this error.
    /// </summary>
    /// <param name="refused">The input and why.</param>
    public abstract void ReportRefused(SourceRefusedException refused);
}
