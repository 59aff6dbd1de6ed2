using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Casts of one batch; the baseline parses texts one string at a time.</summary>
[MemoryDiagnoser]
public class CastBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private readonly long[] _parsed = new long[KernelData.Rows];
    private Int64Array _integers = null!;
    private StringArray _digits = null!;

    [GlobalSetup]
    public void Setup()
    {
        _integers = KernelData.Integers(50_000);
        _digits = (StringArray)Casts.Cast(_integers, StringType.Default, _allocator);
    }

    [GlobalCleanup]
    public void Cleanup() => _digits.Dispose();

    [Benchmark(Baseline = true)]
    public void ParseEachString()
    {
        for (int i = 0; i < _parsed.Length; i++)
            _parsed[i] = long.Parse(_digits.GetString(i), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Benchmark]
    public void TextsToIntegers() => Casts.Cast(_digits, Int64Type.Default, _allocator).Dispose();

    [Benchmark]
    public void IntegersToTexts() => Casts.Cast(_integers, StringType.Default, _allocator).Dispose();

    [Benchmark]
    public void IntegersToDoubles() => Casts.Cast(_integers, DoubleType.Default, _allocator).Dispose();

    [Benchmark]
    public void IntegersToNarrowChecked() => Casts.Cast(_integers, Int32Type.Default, _allocator).Dispose();
}
