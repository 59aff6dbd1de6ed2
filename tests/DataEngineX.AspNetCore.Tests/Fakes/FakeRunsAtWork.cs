using DataEngineX.Hosting;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore.Tests;

internal sealed class FakeRunsAtWork(params RunProgress[] runs) : IRunsAtWork
{
    public IReadOnlyList<RunProgress> Now => runs;

    public RunProgress? Find(string runId) => runs.FirstOrDefault(r => r.RunId == runId);
}
