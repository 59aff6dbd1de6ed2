using DataEngineX.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>Orders runs by the host's queue, and remembers the newest orders until the runs have records of their own.</summary>
internal sealed class OrderedRuns(IRunQueue queue)
{
    private const int Remembered = 256;

    private readonly Lock _lock = new();
    private readonly Queue<RunRecord> _orders = new(Remembered);

    public RunRecord Order(RunRequest request)
    {
        RunRecord run;
        try
        {
            run = queue.Enqueue(request);
        }
        catch (RunRefusedException e)
        {
            throw new ApiException(ApiProblem.Unavailable(e.Message));
        }

        lock (_lock)
        {
            if (_orders.Count == Remembered)
                _orders.Dequeue();
            _orders.Enqueue(run);
        }

        return run;
    }

    public RunRecord? Find(string id)
    {
        lock (_lock)
            return _orders.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal));
    }
}
