using System.Collections.Concurrent;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>A loaded ML.NET model. Each call takes a lane of its own from a pool that grows to the number of callers at once.</summary>
internal sealed class MlNetScorer : IScorer, IDisposable
{
    private readonly ITransformer _model;
    private readonly ScorerContract _contract;
    private readonly HashSet<string>? _groups;
    private readonly ConcurrentBag<ScoringLane> _lanes = [];
    private readonly Lock _making = new();
    private volatile bool _disposed;

    private MlNetScorer(ModelVersion version, ITransformer model, ScorerContract contract)
    {
        Model = version;
        _model = model;
        _contract = contract;
        _groups = contract.Group is null ? null : new HashSet<string>(contract.Groups, StringComparer.Ordinal);
        InputCheck.Signature(version, contract);
        // Made at once: a model that cannot score is refused when it is loaded, not when it is first asked.
        _lanes.Add(CreateLane());
    }

    public ModelVersion Model { get; }

    public static async ValueTask<MlNetScorer> LoadAsync(IModelRegistry registry, ModelVersion version, CancellationToken cancellationToken)
    {
        var artifact = await registry.OpenArtifactAsync(version.Name, version.Version, cancellationToken).ConfigureAwait(false);
        await using var owner = artifact.ConfigureAwait(false);
        var (model, contract) = ModelArtifact.Unpack(artifact, $"model '{version.Name}' version {version.Version}");
        return new MlNetScorer(version, model, contract);
    }

    public RecordBatch Score(RecordBatch batch, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(allocator);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var inputs = InputCheck.Request(Model, _contract, batch);
        if (!_lanes.TryTake(out var lane))
            lane = CreateLane();
        try
        {
            var scores = lane.Score(inputs, batch.Length, _groups?.GetAlternateLookup<ReadOnlySpan<char>>(), allocator);
            return new RecordBatch(ScorerContract.Outputs, [scores], batch.Length);
        }
        finally
        {
            _lanes.Add(lane);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        while (_lanes.TryTake(out var lane))
            lane.Dispose();
        (_model as IDisposable)?.Dispose();
    }

    private ScoringLane CreateLane()
    {
        // Making getters is not promised to be thread-safe; using them from one thread each is.
        lock (_making)
            return new ScoringLane(_model, _contract);
    }
}
