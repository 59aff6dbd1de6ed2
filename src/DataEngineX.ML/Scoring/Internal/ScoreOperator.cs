using System.Diagnostics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.ML.Internal;

/// <summary>Scores a run's batches with one version, which it keeps loaded until the run's rows end.</summary>
internal sealed class ScoreOperator(ScoreNode node, Schema schema, OperatorContext context) : Operator
{
    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var provider = context.Data.Services.GetService(typeof(IScorerProvider)) as IScorerProvider
            ?? throw new DataEngineXException($"Nothing can score with model '{node.Model}': add models to the host with AddModels().");
        using var handle = await provider.FindAsync(node.Model, node.Alias, cancellationToken).ConfigureAwait(false);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RecordBatch scored;
            using (batch)
                scored = handle is null ? WithoutModel(batch) : Score(handle.Scorer, batch);
            yield return scored;
        }
    }

    private RecordBatch Score(IScorer scorer, RecordBatch batch)
    {
        using var activity = MlTelemetry.Start("score", node.Model);
        var startedAt = Stopwatch.GetTimestamp();
        using var scores = scorer.Score(batch, context.Allocator);
        var column = scores.Schema.GetFieldIndex(ScorerContract.ScoreColumn) is var named and >= 0 ? named : 0;
        if (scores.Length != batch.Length || scores.ColumnCount == 0 || scores.Column(column) is not DoubleArray)
        {
            var given = string.Join(", ", scores.Schema.FieldsList.Select(f => $"{f.Name} {f.DataType.Name}"));
            throw new DataEngineXException(
                $"Model '{node.Model}' version {scorer.Model.Version} must give one double for each of {batch.Length} rows; "
                + $"it gave {scores.Length} rows of ({given}).");
        }

        MlTelemetry.Scored(activity, scorer.Model, batch.Length, startedAt);
        var versions = Constants.Create(Int32Type.Default, scorer.Model.Version, batch.Length, context.Allocator);
        return With(batch, ArrowArrayFactory.BuildArray(scores.Column(column).Data.Retain()), versions);
    }

    private RecordBatch WithoutModel(RecordBatch batch)
    {
        var scores = Constants.Nulls(DoubleType.Default, batch.Length, context.Allocator);
        try
        {
            return With(batch, scores, Constants.Nulls(Int32Type.Default, batch.Length, context.Allocator));
        }
        catch
        {
            // The memory budget may end between the two columns.
            scores.Dispose();
            throw;
        }
    }

    private RecordBatch With(RecordBatch batch, IArrowArray scores, IArrowArray versions)
    {
        var columns = new List<IArrowArray>(batch.ColumnCount + 2);
        for (var i = 0; i < batch.ColumnCount; i++)
            columns.Add(ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
        columns.Add(scores);
        columns.Add(versions);
        return new RecordBatch(schema, columns, batch.Length);
    }
}
