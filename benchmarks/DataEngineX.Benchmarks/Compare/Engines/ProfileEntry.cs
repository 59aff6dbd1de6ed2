using System.Text;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>A profile of a flow by this engine.</summary>
internal sealed class ProfileEntry(Flow flow, int threads) : Entry(OwnName, threads)
{
    private readonly FlowReader _reader = new OwnEngine(threads).Reader;
    private Profile? _profile;

    public override Entry WithThreads(int other) => new ProfileEntry(flow, other);

    public override async ValueTask RunAsync() => _profile = await _reader.ProfileAsync(flow).ConfigureAwait(false);

    public override Answer ReadAnswer()
    {
        var answer = new AnswerBuilder(4, AnswerShape.Default);
        foreach (var column in _profile!.Columns)
        {
            var hasEnds = column.Kind is ValueKind.Integer or ValueKind.Text;
            answer.AddText(0, Encoding.UTF8.GetBytes(column.Name));
            Add(answer, 1, hasEnds ? column.Min : null);
            Add(answer, 2, hasEnds ? column.Max : null);
            if (column.Numbers?.Mean is { } mean)
                answer.AddDouble(3, mean);
            else
                answer.AddNull(3);
            answer.EndRow();
        }

        return answer.Build();
    }

    public override void Release() => _profile = null;

    private static void Add(AnswerBuilder answer, int column, string? text)
    {
        if (text is null)
            answer.AddNull(column);
        else
            answer.AddText(column, Encoding.UTF8.GetBytes(text));
    }
}
