using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Decoding a dictionary column of texts to plain utf8; the baseline builds it value by value.</summary>
[MemoryDiagnoser]
public class DictionaryBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private StringArray _values = null!;
    private Int32Array _indices = null!;
    private DictionaryArray _dictionary = null!;

    [GlobalSetup]
    public void Setup()
    {
        _values = new StringArray.Builder().AppendRange(Enumerable.Range(0, 1000).Select(i => $"station-{i:00000}")).Build();
        var random = new Random(4);
        _indices = new Int32Array.Builder().AppendRange(Enumerable.Range(0, KernelData.Rows).Select(_ => random.Next(1000))).Build();
        _dictionary = new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, false), _indices, _values);
    }

    [Benchmark(Baseline = true)]
    public void ValueByValue()
    {
        var builder = new StringArray.Builder();
        ReadOnlySpan<int> indices = _indices.Values;
        for (int i = 0; i < indices.Length; i++)
            builder.Append(_values.GetBytes(indices[i]));
        builder.Build(_allocator).Dispose();
    }

    [Benchmark]
    public void Decode() => Dictionaries.Decode(_dictionary, _allocator).Dispose();
}
