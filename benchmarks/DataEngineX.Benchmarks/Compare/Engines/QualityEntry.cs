using System.Globalization;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>A suite over a flow by this engine; without a suite the flow is read and let go.</summary>
internal sealed class QualityEntry(Flow flow, Suite? suite, int threads) : Entry(OwnName, threads)
{
    private readonly FlowReader _reader = new OwnEngine(threads).Reader;
    private Quality.SuiteResult? _result;
    private long _rows;

    public override Entry WithThreads(int other) => new QualityEntry(flow, suite, other);

    public override async ValueTask RunAsync()
    {
        if (suite is not null)
        {
            _result = await _reader.CheckAsync(flow, suite, new CheckOptions { Parallelism = Threads }).ConfigureAwait(false);
            return;
        }

        _rows = 0;
        await foreach (var batch in _reader.ReadAsync(flow).ConfigureAwait(false))
        {
            _rows += batch.Length;
            batch.Dispose();
        }
    }

    public override Answer ReadAnswer()
    {
        if (_result is null)
        {
            var scanned = new AnswerBuilder(1, AnswerShape.Default);
            scanned.AddInteger(0, _rows);
            scanned.EndRow();
            return scanned.Build();
        }

        var answer = new AnswerBuilder(2, AnswerShape.Default);
        for (var i = 0; i < _result.Verdicts.Count; i++)
        {
            var verdict = _result.Verdicts[i];
            answer.AddInteger(0, i);
            answer.AddDouble(1, verdict.Observed is { } observed ? double.Parse(observed, CultureInfo.InvariantCulture) : verdict.Failed);
            answer.EndRow();
        }

        return answer.Build();
    }

    public override void Release() => _result = null;
}
