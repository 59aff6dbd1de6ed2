using System.Diagnostics;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.ML.Internal;

/// <summary>Collects a run's rows; the commit trains, registers and promotes.</summary>
internal sealed class ModelTargetWriter(TrainingSpec spec, TargetRequest request) : ITargetWriter
{
    private readonly ModelTrainer _trainer = new(spec);
    private long _rows;

    public static IModelRegistry Registry(DataAccess data)
        => data.Services.GetService(typeof(IModelRegistry)) as IModelRegistry ?? new FileModelRegistry(data.Objects, data.Clock);

    /// <summary>The newest version a pipeline registered.</summary>
    public static async ValueTask<ModelVersion?> LastAsync(
        IModelRegistry registry, string name, string pipeline, CancellationToken cancellationToken)
        => (await registry.ListVersionsAsync(name, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(v => v.Record?.Pipeline == pipeline);

    public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            _trainer.Add(batch);
            _rows += batch.Length;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        var registry = Registry(request.Context.Data);
        if (await DoneAsync(registry, record, cancellationToken).ConfigureAwait(false) is { } done)
            return done;
        // Off the caller's thread: a fit keeps a core busy and cannot await.
        var trained = await Task.Run(() => Train(record.RunId, cancellationToken), cancellationToken).ConfigureAwait(false);
        // Another run may have come and gone while this one trained.
        if (await DoneAsync(registry, record, cancellationToken).ConfigureAwait(false) is { } late)
            return late;
        var version = await registry.RegisterAsync(
            new ModelRegistration
            {
                Name = spec.Name,
                Signature = trained.Signature,
                Artifact = trained.Artifact,
                Metrics = trained.Metrics,
                Card = trained.Card.ToJson(),
                Record = record,
                Inputs = request.Inputs,
            },
            cancellationToken).ConfigureAwait(false);
        // The version is published: what follows must not be cut short by the run's cancellation.
        await AliasPromotion.ApplyAsync(registry, version, trained.Card.Promotion, CancellationToken.None).ConfigureAwait(false);
        var used = trained.Card.TrainingRows + (trained.Card.Holdout?.Model.Overall.Rows ?? 0);
        return Result(version, used, _rows - used, alreadyDone: false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TrainedModel Train(string runId, CancellationToken cancellationToken)
    {
        using var activity = MlTelemetry.Start("train", spec.Name);
        var startedAt = Stopwatch.GetTimestamp();
        var trained = _trainer.Train(runId, request.Inputs, cancellationToken);
        MlTelemetry.Trained(activity, trained.Card, startedAt);
        return trained;
    }

    private async ValueTask<CommitResult?> DoneAsync(IModelRegistry registry, CommitRecord record, CancellationToken cancellationToken)
    {
        var last = await LastAsync(registry, spec.Name, record.Pipeline, cancellationToken).ConfigureAwait(false);
        if (last?.Record is not { } known)
            return null;
        if (known.RunKey == record.RunKey)
        {
            await AliasPromotion.ResumeAsync(registry, last, cancellationToken).ConfigureAwait(false);
            return Result(last, 0, _rows, alreadyDone: true);
        }

        if (known.FencingToken > record.FencingToken)
            throw new FencedException($"Model '{spec.Name}'", record.FencingToken, known.FencingToken);
        return null;
    }

    // Rows learned from or judged by count as inserted, so that what a run read is what it wrote and what it left out.
    private static CommitResult Result(ModelVersion version, long used, long unused, bool alreadyDone) => new()
    {
        Version = version.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Inserted = used,
        Deduplicated = unused,
        AlreadyDone = alreadyDone,
    };
}
