using DataEngineX.Pipelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Running;

/// <summary>A bounded queue that gives out a run only while no other of its pipeline is at work.</summary>
internal sealed class RunQueue(
    IPipelineCatalog pipelines, TimeProvider clock, IOptions<DataEngineXHostOptions> options, ILogger<RunQueue> logger) : IRunQueue, IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingRun> _waiting = [];
    private readonly HashSet<string> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ended = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changed = new(0);
    private readonly int _capacity = options.Value.MaxWaitingRuns;
    private bool _closed;

    public IReadOnlyList<RunRecord> Waiting
    {
        get
        {
            lock (_lock)
                return [.. _waiting.Select(w => w.ToRecord())];
        }
    }

    /// <summary>Whether one more run may wait.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
                return !_closed && _waiting.Count < _capacity;
        }
    }

    public RunRecord Enqueue(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!pipelines.TryFind(request.Pipeline, out _))
            throw UnknownPipeline.Error(request.Pipeline, pipelines);
        lock (_lock)
        {
            if (_closed)
                throw new RunRefusedException($"'{request.Pipeline}' was not started: the host is stopping.");
            var same = _waiting.FirstOrDefault(w => string.Equals(w.Request.Pipeline, request.Pipeline, StringComparison.Ordinal)
                && string.Equals(w.Request.Partition, request.Partition, StringComparison.Ordinal)
                && w.Request.IsFull == request.IsFull && w.Request.IsReplay == request.IsReplay);
            if (same is not null)
                return same.ToRecord();
            if (_waiting.Count >= _capacity)
                throw new RunRefusedException($"'{request.Pipeline}' was not started: {_capacity} runs wait already.");
            var waiting = new WaitingRun(request with { RunId = request.RunId ?? RunId.New(clock) }, clock.GetUtcNow());
            _waiting.AddLast(waiting);
            _changed.Release();
            return waiting.ToRecord();
        }
    }

    /// <summary>Enqueues without throwing: what the host itself triggers is tried again by the next trigger.</summary>
    public bool TryEnqueue(RunRequest request)
    {
        try
        {
            Enqueue(request);
            return true;
        }
        catch (DataEngineXException e)
        {
            Log.RunNotQueued(logger, request.Pipeline, request.Trigger, e.Message);
            return false;
        }
    }

    /// <summary>Enqueues what was planned, unless a run of the pipeline has come, or come and gone, since: that one has done it.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="stand">How the pipeline stood before the plan was made.</param>
    public bool TryEnqueue(RunRequest request, QueueStand stand)
    {
        lock (_lock)
            return StandOf(request.Pipeline) == stand && TryEnqueue(request);
    }

    /// <summary>How a pipeline stands.</summary>
    public QueueStand StandOf(string pipeline)
    {
        lock (_lock)
        {
            return new QueueStand(
                _waiting.Any(w => string.Equals(w.Request.Pipeline, pipeline, StringComparison.Ordinal)), _active.Contains(pipeline), _ended.GetValueOrDefault(pipeline));
        }
    }

    /// <summary>Waits for a run that may begin; <see cref="Complete"/> must follow.</summary>
    public async ValueTask<WaitingRun> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                for (var node = _closed ? null : _waiting.First; node is not null; node = node.Next)
                {
                    if (!_active.Add(node.Value.Request.Pipeline))
                        continue;
                    _waiting.Remove(node);
                    return node.Value;
                }
            }
        }
    }

    public void Complete(WaitingRun run)
    {
        lock (_lock)
        {
            _active.Remove(run.Request.Pipeline);
            _ended[run.Request.Pipeline] = _ended.GetValueOrDefault(run.Request.Pipeline) + 1;
        }

        // A further run of this pipeline may have waited for it.
        _changed.Release();
    }

    /// <summary>Takes no further run and gives out none; tells those that waited.</summary>
    public IReadOnlyList<WaitingRun> Close()
    {
        lock (_lock)
        {
            _closed = true;
            IReadOnlyList<WaitingRun> left = [.. _waiting];
            _waiting.Clear();
            return left;
        }
    }

    public void Dispose() => _changed.Dispose();
}
