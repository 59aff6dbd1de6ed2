using System.Globalization;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Keeps a fraction of the rows, each by a chance of its own. The chance is drawn from the run's seed and the row's position, or from the seed and
/// a hash of keys; it is the same for any number of threads and rows in a batch.
/// </summary>
public sealed class SampleNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="fraction">The chance of a row, from 0 to 1.</param>
    /// <param name="keys">The columns whose rows are kept or left out together; null or empty to draw by position.</param>
    public SampleNode(PlanNode input, double fraction, IReadOnlyList<string>? keys = null)
        : base(input)
    {
        if (!(fraction >= 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction is from 0 to 1.");
        Fraction = fraction;
        Keys = keys ?? [];
    }

    /// <summary>The chance of a row.</summary>
    public double Fraction { get; }

    /// <summary>The columns whose rows are kept or left out together; empty to draw by position.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <inheritdoc/>
    public override string Operator => "sample";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SampleNode(inputs[0], Fraction, Keys);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("fraction", Fraction.ToString("R", CultureInfo.InvariantCulture)).List("keys", Keys.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var key in Keys)
            SchemaTools.Ordinal(context.Inputs[0].Schema, key, Operator);
        var hash = Keys.Count == 0
            ? null
            : context.Bind(Expressions.Columns.Hash([.. Keys.Select(Expressions.Columns.Col)]), context.Inputs[0].Schema);
        return new BoundSample(this, context.Inputs, hash);
    }
}
