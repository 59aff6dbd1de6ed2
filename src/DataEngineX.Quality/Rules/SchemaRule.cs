using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A rule on the columns a dataset has, not on its rows.</summary>
public abstract class SchemaRule : Rule
{
    private protected SchemaRule()
    {
    }

    /// <inheritdoc/>
    public sealed override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var (holds, observed, details) = Judge(schema);
        return Observation.Merging(_ => new Known(holds, observed, details));
    }

    /// <summary>Whether the columns are as expected, what was observed as JSON, and details.</summary>
    private protected abstract (bool Holds, string Observed, IReadOnlyList<VerdictField> Details) Judge(Schema schema);

    private protected static string List(IEnumerable<string> names) => RuleParameter.Of("names", names).Json;

    private sealed class Known(bool holds, string observed, IReadOnlyList<VerdictField> details) : StatelessState
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
        }

        public override Verdict Finish(Verdict counted) => Observation.Verdict(counted, holds, observed, details);
    }
}
