using Apache.Arrow.Types;
using BenchmarkDotNet.Attributes;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Engine;

/// <summary>Parts of instants and rounding down, one computed column each; the baseline takes the year of one <see cref="DateTime"/> at a time.</summary>
[MemoryDiagnoser]
public class TemporalBenchmarks
{
    private readonly DateTime[] _instants = new DateTime[500_000];
    private readonly FlowReader _reader = Observations.Reader();
    private Flow _source = null!;

    [GlobalSetup]
    public void Setup()
    {
        var table = new WeatherTable(_instants.Length);
        var batches = table.ReadAll();
        _source = Flow.From(new BatchesSource(batches));
        for (var i = 0; i < _instants.Length; i++)
            _instants[i] = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i / 413);
    }

    [Benchmark(Baseline = true)]
    public long LinqYear() => _instants.Sum(i => (long)i.Year);

    [Benchmark]
    public Task<long> Year() => OfAsync(Col("observed_at").Year());

    [Benchmark]
    public Task<long> Hour() => OfAsync(Col("observed_at").Hour());

    [Benchmark]
    public Task<long> TruncateToMonth() => OfAsync(Col("observed_at").TruncateTo(CalendarUnit.Month));

    [Benchmark]
    public Task<long> CastToDate() => OfAsync(Col("observed_at").Cast(Date32Type.Default));

    private Task<long> OfAsync(Expr value) => Observations.DrainAsync(_reader, _source.Select(value.As("value")));
}
