using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Filter and take of one batch.</summary>
[MemoryDiagnoser]
public class SelectionBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private DoubleArray _doubles = null!;
    private StringArray _texts = null!;
    private BooleanArray _mask = null!;
    private int[] _indices = [];

    /// <summary>Whether a tenth of the doubles is null.</summary>
    [Params(false, true)]
    public bool WithNulls { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _doubles = KernelData.Doubles(WithNulls);
        _texts = KernelData.Texts(1000);
        _mask = Comparison.Compare(ComparisonOperator.LessThan, _doubles, 0.5, _allocator);
        _indices = new int[KernelData.Rows];
        for (int i = 0; i < _indices.Length; i++)
        {
            _indices[i] = (int)((i * 40_503L) % KernelData.Rows);
        }
    }

    [Benchmark]
    public void FilterDoubles() => Selection.Filter(_doubles, _mask, _allocator).Dispose();

    [Benchmark]
    public void FilterTexts() => Selection.Filter(_texts, _mask, _allocator).Dispose();

    [Benchmark]
    public void TakeDoubles() => Selection.Take(_doubles, _indices, _allocator).Dispose();

    [Benchmark]
    public void TakeTexts() => Selection.Take(_texts, _indices, _allocator).Dispose();
}
