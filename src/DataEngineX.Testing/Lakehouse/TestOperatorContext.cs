using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Testing;

/// <summary>What sources and targets get of a run, for tests that call them without one.</summary>
/// <param name="data">Tables, objects and services.</param>
public sealed class TestOperatorContext(DataAccess data) : OperatorContext
{
    /// <summary>A host without services.</summary>
    public static IServiceProvider NoServices { get; } = new Nothing();

    /// <inheritdoc/>
    public override MemoryAllocator Allocator => MemoryAllocator.Default.Value;

    /// <inheritdoc/>
    public override RunParameters Parameters { get; } = new(DateTimeOffset.UnixEpoch);

    /// <inheritdoc/>
    public override RunInfo Run { get; } = new("run", "test", null, 1);

    /// <inheritdoc/>
    public override RowAccount Rows { get; } = new();

    /// <inheritdoc/>
    public override int Parallelism => 1;

    /// <inheritdoc/>
    public override DataAccess Data => data;

    /// <inheritdoc/>
    public override ISideOutputWriter SideOutput(string name) => throw new NotSupportedException($"There is no side output '{name}' here.");

    /// <inheritdoc/>
    public override void Report(IReadOnlyList<Verdict> verdicts)
    {
    }

    /// <inheritdoc/>
    public override void ReportRefused(SourceRefusedException refused)
    {
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
