using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Memory;
using BenchmarkDotNet.Attributes;
using DataEngineX.Compute;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>Arithmetic over one batch; the baseline is the same addition over bare arrays, without nulls or a result of its own.</summary>
[MemoryDiagnoser]
public class ArithmeticBenchmarks
{
    private readonly MemoryAllocator _allocator = new NativeMemoryAllocator();
    private readonly double[] _bare = new double[KernelData.Rows];
    private DoubleArray _doubles = null!;
    private Int64Array _integers = null!;

    [GlobalSetup]
    public void Setup()
    {
        _doubles = KernelData.Doubles(withNulls: true);
        _integers = KernelData.Integers(50_000);
    }

    [Benchmark(Baseline = true)]
    public void BareAddition() => TensorPrimitives.Add(_doubles.Values, _doubles.Values, _bare);

    [Benchmark]
    public void AddDoubles() => Arithmetic.Apply(ArithmeticOperator.Add, _doubles, _doubles, _allocator).Dispose();

    [Benchmark]
    public void MultiplyDoublesByLiteral() => Arithmetic.Apply(ArithmeticOperator.Multiply, _doubles, 1.8, _allocator).Dispose();

    [Benchmark]
    public void AddIntegersChecked() => Arithmetic.Apply(ArithmeticOperator.Add, _integers, _integers, _allocator).Dispose();

    [Benchmark]
    public void DivideIntegers() => Arithmetic.Apply(ArithmeticOperator.Divide, _integers, 7L, _allocator).Dispose();
}
