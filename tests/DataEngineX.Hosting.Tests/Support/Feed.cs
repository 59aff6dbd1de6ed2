using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Hosting.Tests.Support;

/// <summary>A dataset in memory that pipelines read and write. It outlives hosts, so that a test can restart one.</summary>
internal sealed class Feed(string name)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CommitRecord> _commits = new(StringComparer.Ordinal);
    private int _reads;

    public DatasetId Id { get; } = new("test", name);

    public long Version { get; private set; }

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Happens when a run reads; throws to make it fail.</summary>
    public Func<CancellationToken, Task> OnRead { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Happens when somebody has asked what is new and not yet heard.</summary>
    public Func<Task> OnPin { get; set; } = static () => Task.CompletedTask;

    public Feed With(long version)
    {
        Version = version;
        return this;
    }

    public void Publish()
    {
        lock (_lock)
            Version++;
    }

    public BatchSource AsSource() => new Source(this);

    public PipelineTarget AsTarget() => new Target(this);

    private static Schema Columns { get; } = new([new Field("n", Int64Type.Default, nullable: false)], null);

    private sealed class Source(Feed feed) : BatchSource
    {
        public override DatasetId Dataset => feed.Id;

        public override bool SupportsIncremental => true;

        public override void WriteCanonical(CanonicalWriter writer) => writer.Field("feed", feed.Id.Name);

        public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => new(Columns);

        public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
        {
            var position = feed.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await feed.OnPin();
            return new InputVersion(feed.Id, position, since, position != "0" && since != position);
        }

        public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref feed._reads);
            await feed.OnRead(cancellationToken);
            yield return new RecordBatch(Columns, [new Int64Array.Builder().AppendRange([1, 2, 3]).Build(request.Context.Allocator)], 3);
        }
    }

    private sealed class Target(Feed feed) : PipelineTarget
    {
        public override DatasetId Dataset => feed.Id;

        public override string Disposition => "append";

        public override void WriteCanonical(CanonicalWriter writer) => writer.Field("feed", feed.Id.Name);

        public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
        {
            lock (feed._lock)
                return new(feed._commits.GetValueOrDefault(pipeline));
        }

        public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken) => new(new Writer(feed));
    }

    private sealed class Writer(Feed feed) : ITargetWriter
    {
        private long _rows;

        public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            _rows += batch.Length;
            batch.Dispose();
            return ValueTask.CompletedTask;
        }

        public ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
        {
            lock (feed._lock)
            {
                if (feed._commits.GetValueOrDefault(record.Pipeline) is { } last && last.FencingToken > record.FencingToken)
                    throw new FencedException(feed.Id.ToString(), record.FencingToken, last.FencingToken);
                feed._commits[record.Pipeline] = record;
                feed.Version++;
                return new(new CommitResult
                {
                    Version = feed.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Inserted = _rows,
                });
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
