using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Numbering the keys of one batch in an empty index, against the dictionary of the framework.</summary>
[MemoryDiagnoser]
public class GroupIndexBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private readonly int[] _ids = new int[KernelData.Rows];
    private Int64Array _integers = null!;
    private StringArray _texts = null!;

    /// <summary>Number of distinct keys.</summary>
    [Params(100, 50_000)]
    public int Distinct { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _integers = KernelData.Integers(Distinct);
        _texts = KernelData.Texts(Distinct);
    }

    [Benchmark(Baseline = true)]
    public int DictionaryOfIntegers()
    {
        var known = new Dictionary<long, int>();
        ReadOnlySpan<long> values = _integers.Values;
        for (int i = 0; i < values.Length; i++)
        {
            ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(known, values[i], out bool exists);
            id = exists ? id : known.Count - 1;
            _ids[i] = id;
        }

        return known.Count;
    }

    [Benchmark]
    public int Integers()
    {
        using var index = new GroupIndex([_integers.Data.DataType], _allocator);
        index.Map([_integers], _ids);
        return index.Count;
    }

    [Benchmark]
    public int Texts()
    {
        using var index = new GroupIndex([_texts.Data.DataType], _allocator);
        index.Map([_texts], _ids);
        return index.Count;
    }

    [Benchmark]
    public int TextsAndIntegers()
    {
        using var index = new GroupIndex([_texts.Data.DataType, _integers.Data.DataType], _allocator);
        index.Map([_texts, _integers], _ids);
        return index.Count;
    }
}
