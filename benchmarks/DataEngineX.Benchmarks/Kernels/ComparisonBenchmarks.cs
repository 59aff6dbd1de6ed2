using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Comparisons of one batch, against the row-by-row loop over Arrow's own accessors.</summary>
[MemoryDiagnoser]
public class ComparisonBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private DoubleArray _doubles = null!;
    private StringArray _texts = null!;

    [GlobalSetup]
    public void Setup()
    {
        _doubles = KernelData.Doubles(withNulls: true);
        _texts = KernelData.Texts(1000);
    }

    [Benchmark(Baseline = true)]
    public void RowByRow()
    {
        var builder = new BooleanArray.Builder();
        for (int i = 0; i < _doubles.Length; i++)
        {
            double? value = _doubles.GetValue(i);
            _ = value is null ? builder.AppendNull() : builder.Append(value < 0.5);
        }

        builder.Build(_allocator).Dispose();
    }

    [Benchmark]
    public void DoublesWithLiteral() => Comparison.Compare(ComparisonOperator.LessThan, _doubles, 0.5, _allocator).Dispose();

    [Benchmark]
    public void DoublesWithDoubles() => Comparison.Compare(ComparisonOperator.LessThan, _doubles, _doubles, _allocator).Dispose();

    [Benchmark]
    public void TextsWithLiteral() => Comparison.Compare(ComparisonOperator.Equal, _texts, "station-00500", _allocator).Dispose();
}
