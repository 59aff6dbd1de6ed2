using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Computes what depends on literals alone while binding, so that it costs nothing a batch and fails before anything runs.</summary>
internal static class ConstantFolding
{
    private static readonly Schema NoColumns = new([], null);

    private static readonly RunParameters NoParameters = new(DateTimeOffset.UnixEpoch);

    /// <summary>The call as a constant when all its arguments are, else as it is.</summary>
    public static Evaluator Fold(CallExpr call, IReadOnlyList<Evaluator> arguments, Evaluator evaluator) =>
        evaluator is ConstantEvaluator || arguments.Count == 0 || !arguments.All(a => a is ConstantEvaluator)
            ? evaluator
            : Fold(evaluator, e => new PlanException($"{call.Canonical} cannot be computed: {e.Message}"));

    /// <summary>The value of an evaluator that reads no column; the evaluator itself where its type has no literals.</summary>
    public static Evaluator Fold(Evaluator evaluator, Func<Exception, PlanException> failure)
    {
        try
        {
            using var row = new RecordBatch(NoColumns, System.Array.Empty<IArrowArray>(), 1);
            using var result = evaluator.Evaluate(new EvaluationScope(row, NoParameters, MemoryAllocator.Default.Value));
            return ConstantReader.TryRead(result, out var value) ? new ConstantEvaluator(value, evaluator.Type) : evaluator;
        }
        catch (Exception e) when (DataErrors.Is(e) || e is ArgumentException)
        {
            throw failure(e);
        }
    }
}
