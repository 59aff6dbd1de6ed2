using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>A batch that lives until the last of its users lets it go.</summary>
internal sealed class SharedBatch(RecordBatch batch)
{
    private int _users = 1;

    public RecordBatch Batch => batch;

    public SharedBatch Share()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            batch.Dispose();
    }
}
