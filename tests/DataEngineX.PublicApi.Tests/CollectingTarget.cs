using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.PublicApi.Tests;

/// <summary>A target of one's own: keeps rows in memory and remembers its last commit, so that runs are idempotent.</summary>
public sealed class CollectingTarget : PipelineTarget
{
    private CommitRecord? _last;

    public List<string> Stations { get; } = [];

    public override DatasetId Dataset { get; } = new("test", "collected");

    public override string Disposition => "collect";

    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_last);

    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ITargetWriter>(new Writer(this));

    private sealed class Writer(CollectingTarget target) : ITargetWriter
    {
        private readonly List<string> _taken = [];

        public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            using (batch)
            {
                var stations = (StringArray)batch.Column("station");
                for (var i = 0; i < batch.Length; i++)
                    _taken.Add(stations.GetString(i));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
        {
            target.Stations.AddRange(_taken);
            target._last = record;
            return ValueTask.FromResult(new CommitResult { Version = "1", Inserted = _taken.Count });
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
