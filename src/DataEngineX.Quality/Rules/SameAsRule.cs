using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>What a rule observes is what one observes of another dataset: as many rows, the same sum, the same least value.</summary>
/// <remarks>Numbers are equal when they differ by at most the tolerance, as a share of what is observed of the other dataset; everything else must be equal.</remarks>
public sealed class SameAsRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="observed">The rule that observes, such as a <see cref="RowCountRule"/> or an <see cref="AggregateRule"/>; its bounds do not count.</param>
    /// <param name="reference">The name of the other dataset.</param>
    /// <param name="there">The rule that observes there. <value>Default: null, the same.</value></param>
    /// <param name="tolerance">How far numbers may differ, as a share, 0 or more. <value>Default: 0.</value></param>
    /// <exception cref="ArgumentException">The tolerance is negative, or a rule is held against another dataset itself.</exception>
    public SameAsRule(Rule observed, string reference, Rule? there = null, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        if (!(tolerance >= 0) || double.IsInfinity(tolerance))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is a share from 0.");
        if (observed.References.Count > 0 || there?.References.Count > 0)
            throw new ArgumentException("What is observed of a dataset is not held against another itself.", nameof(observed));
        Observed = observed;
        Reference = reference;
        There = there ?? observed;
        Tolerance = tolerance;
    }

    /// <summary>The rule that observes.</summary>
    public Rule Observed { get; }

    /// <summary>The name of the other dataset.</summary>
    public string Reference { get; }

    /// <summary>The rule that observes there.</summary>
    public Rule There { get; }

    /// <summary>How far numbers may differ, as a share.</summary>
    public double Tolerance { get; }

    /// <inheritdoc/>
    public override string Name => "same_as";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => Observed.Columns;

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => [Reference];

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
    [
        RuleParameter.Of("reference", Reference),
        new RuleParameter("of", SuiteJson.WriteRule(Observed)),
        new RuleParameter("there", SuiteJson.WriteRule(There)),
        RuleParameter.Of("tolerance", Tolerance),
    ];

    /// <inheritdoc/>
    public override string Expectation => $"{Words(Observed)} is {Words(There)} of {Reference}{(Tolerance == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $" within {Tolerance:P2}"))}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var there = ReferenceContext.SchemaOf(context, this, Reference);
        var (own, other) = (Observed.Bind(context, schema), There.Bind(context, there));
        foreach (var (bound, rule) in new[] { (own, Observed), (other, There) })
        {
            if (bound.MarksRows)
                throw new PlanException($"Rule '{Name}': '{rule.Name}' marks rows and observes nothing that could be compared.", CheckNode.OperatorName);
        }

        return new Bound(this, own, other, there);
    }

    private static string Words(Rule rule) => rule.Columns.Count == 0 ? $"the {rule.Name.Replace('_', ' ')}" : $"the {rule.Name.Replace('_', ' ')} of {string.Join(", ", rule.Columns)}";

    private bool AreSame(string? own, string? other)
    {
        if (own is null || other is null)
            return own == other;
        if (!double.TryParse(own, CultureInfo.InvariantCulture, out var first) || !double.TryParse(other, CultureInfo.InvariantCulture, out var second))
            return own == other;
        // Digits that a double has not still differ.
        return Tolerance == 0 && decimal.TryParse(own, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var exactThere)
            ? exact == exactThere
            : Math.Abs(first - second) <= Tolerance * Math.Abs(second);
    }

    private sealed class Bound(SameAsRule rule, BoundRule own, BoundRule other, Schema there)
        : ReferencedRule(rule.Reference, rule.There.Columns)
    {
        public override bool MarksRows => false;

        public override bool InOrder => own.InOrder;

        public override ReferenceReader CreateReader(RuleContext context) => new ObservationReader(other, there, context);

        public override RuleState CreateState(RuleContext context) => new State(rule, own.CreateState(context), context.References?.Of(this) as ObservationReader);
    }

    private sealed class State(SameAsRule rule, RuleState state, ObservationReader? there) : RuleState
    {
        private readonly RuleState _state = state;
        private string? _loaded;

        public override void Update(RuleBatch batch, Span<RowMark> marks) => _state.Update(batch, marks);

        /// <summary>What was observed there: now, or when the state was saved.</summary>
        private string? There => there is null ? _loaded : there.Observed;

        public override void Merge(RuleState other, long rowsBefore) => _state.Merge(((State)other)._state, rowsBefore);

        public override void Save(BinaryWriter writer)
        {
            ValueFormat.WriteBytes(writer, There is { } observed ? Encoding.UTF8.GetBytes(observed) : null);
            _state.Save(writer);
        }

        public override void Load(BinaryReader reader)
        {
            _loaded = ValueFormat.ReadBytes(reader) is { } observed ? Encoding.UTF8.GetString(observed) : null;
            _state.Load(reader);
        }

        public override Verdict Finish(Verdict counted)
        {
            var (own, other) = (_state.Finish(counted).ObservedJson, There);
            var both = CellText.Json(writer =>
            {
                writer.WriteStartObject();
                Write(writer, "self", own);
                Write(writer, "other", other);
                writer.WriteEndObject();
            });
            return Observation.Verdict(counted, rule.AreSame(own, other), both);
        }

        protected override void Dispose(bool disposing)
        {
            _state.Dispose();
            base.Dispose(disposing);
        }

        private static void Write(Utf8JsonWriter writer, string name, string? json)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json ?? "null");
        }
    }
}
