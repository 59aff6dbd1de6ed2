using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The quarantine of one run: takes rows set aside by any operator and commits them before the target, under the same run key.</summary>
internal sealed class QuarantineWriter : ISideOutputWriter, IAsyncDisposable
{
    private readonly ITargetWriter? _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private QuarantineWriter(ITargetWriter? writer) => _writer = writer;

    /// <summary>Opens the quarantine of a plan and hands it to the run's operators. Where no operator of the plan sets rows aside there is nothing to write.</summary>
    public static async ValueTask<QuarantineWriter> OpenAsync(
        PreparedRun run, CommitRecord commit, DataAccess data, RunScope scope, CancellationToken cancellationToken)
    {
        if (run.Replayed is null && !PlanWalk.Nodes(run.Root).Any(n => n.SideOutputs.Any(s => s.Name == SideOutput.Quarantine.Name)))
            return new QuarantineWriter(null);
        var request = new TableWriteRequest
        {
            Table = DatasetId.Table(Layer.Quarantine, run.Pipeline.Name),
            Schema = QuarantineSchema.Schema,
            // A replay takes the rows that it has read out, and brings those back that it sets aside again.
            Disposition = run.Replayed is null ? WriteDisposition.Append : WriteDisposition.Replace,
            Where = run.Replayed is { } operators ? new ColumnExpr(QuarantineSchema.Operator).IsIn([.. operators]) : null,
            Record = commit,
            PublishedSequence = run.Last?.Sequence ?? 0,
            Allocator = scope.Allocator,
        };
        var quarantine = new QuarantineWriter(await data.Tables.OpenWriterAsync(request, cancellationToken).ConfigureAwait(false));
        scope.AddSideOutput(SideOutput.Quarantine.Name, quarantine);
        return quarantine;
    }

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _writer!.TakeAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        if (_writer is not null)
            await _writer.CommitAsync(record, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
            await _writer.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
