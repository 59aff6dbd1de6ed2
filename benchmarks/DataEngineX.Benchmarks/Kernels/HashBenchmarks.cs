using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Hashes of the rows of one batch; the baseline is the framework's over the same integers.</summary>
[MemoryDiagnoser]
public class HashBenchmarks
{
    private readonly ulong[] _hashes = new ulong[KernelData.Rows];
    private Int64Array _integers = null!;
    private StringArray _texts = null!;

    [GlobalSetup]
    public void Setup()
    {
        _integers = KernelData.Integers(50_000);
        _texts = KernelData.Texts(50_000);
    }

    [Benchmark(Baseline = true)]
    public void FrameworkIntegers()
    {
        ReadOnlySpan<long> values = _integers.Values;
        for (int i = 0; i < values.Length; i++)
            _hashes[i] = (ulong)HashCode.Combine(values[i]);
    }

    [Benchmark]
    public void Integers() => RowHasher.Hash([_integers], _hashes);

    [Benchmark]
    public void Texts() => RowHasher.Hash([_texts], _hashes);

    [Benchmark]
    public void TextsAndIntegers() => RowHasher.Hash([_texts, _integers], _hashes);
}
