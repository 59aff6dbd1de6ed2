using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Eight batches made one; the baseline is Arrow's own concatenation of the doubles.</summary>
[MemoryDiagnoser]
public class ConcatenationBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private IReadOnlyList<IArrowArray> _doubles = [];
    private IReadOnlyList<IArrowArray> _texts = [];

    [GlobalSetup]
    public void Setup()
    {
        _doubles = [.. Enumerable.Repeat(KernelData.Doubles(withNulls: true), 8)];
        _texts = [.. Enumerable.Repeat(KernelData.Texts(1000), 8)];
    }

    [Benchmark(Baseline = true)]
    public void ArrowDoubles() => ArrowArrayConcatenator.Concatenate(_doubles, _allocator).Dispose();

    [Benchmark]
    public void Doubles() => Concatenation.Concat(_doubles, _allocator).Dispose();

    [Benchmark]
    public void ArrowTexts() => ArrowArrayConcatenator.Concatenate(_texts, _allocator).Dispose();

    [Benchmark]
    public void Texts() => Concatenation.Concat(_texts, _allocator).Dispose();
}
