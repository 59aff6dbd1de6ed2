using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Another rule, held against the dates and times that the texts of its columns say. Columns that are not text stay what they are.</summary>
/// <remarks>
/// A text is ISO 8601, or written in one of the usual ways of English with the month first (<c>2/1/2016</c>, <c>Jan 01 2000 12:00:01</c>); one with a
/// zone is the time in UTC. A text of a checked row that says no date makes the verdict an error that names it. Samples show the texts as they are.
/// </remarks>
public sealed class TextTimesRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="rule">The rule on times: one with columns, such as a <see cref="BetweenRule"/>.</param>
    /// <exception cref="ArgumentException">The rule has no columns, or reads texts as times itself.</exception>
    public TextTimesRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Columns.Count == 0 || rule is TextTimesRule || rule.References.Count > 0)
            throw new ArgumentException($"Rule '{rule.Name}' has no columns whose texts could be read as times.", nameof(rule));
        Rule = rule;
    }

    /// <summary>The rule on times.</summary>
    public Rule Rule { get; }

    /// <inheritdoc/>
    public override string Name => "text_times";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => Rule.Columns;

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [new RuleParameter("of", SuiteJson.WriteRule(Rule))];

    /// <inheritdoc/>
    public override string Expectation => $"{Rule.Expectation}, texts being read as times";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        int[] texts = [.. Columns.Distinct(StringComparer.Ordinal).Select(c => Ordinal(schema, c)).Where(o => StoredColumn.Of(schema, o).Kind == ColumnKind.Text)];
        if (texts.Length == 0)
            return Rule.Bind(context, schema);
        var read = new Schema(
            [.. schema.FieldsList.Select((f, i) => texts.Contains(i) ? new Field(f.Name, ArrowTypes.TimestampLocal, nullable: true) : f)], schema.Metadata);
        return new Reading(Rule.Bind(context, read), new TextTimes(read, texts));
    }

    private sealed class Reading(BoundRule rule, TextTimes times) : BoundRule
    {
        public override bool MarksRows => rule.MarksRows;

        public override bool NeedsAllRows => rule.NeedsAllRows;

        /// <summary>The first text that says no date ends the rule, and is to be the same one for any number of threads.</summary>
        public override bool InOrder => true;

        public override RuleState CreateState(RuleContext context) => new State(rule.CreateState(context), times);
    }

    private sealed class State(RuleState state, TextTimes times) : OrderedState
    {
        private readonly RuleState _state = state;

        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            using var read = times.Read(batch, marks);
            _state.Update(read.Batch, marks);
        }

        public override void Revisit(RuleBatch batch, Span<RowMark> marks)
        {
            using var read = times.Read(batch, marks);
            _state.Revisit(read.Batch, marks);
        }

        public override void Merge(RuleState other, long rowsBefore)
        {
            _state.Merge(((State)other)._state, rowsBefore);
            if (_state is not OrderedState ordered)
                return;
            foreach (var joint in ordered.TakeJoints())
                AddJoint(joint);
        }

        public override void Save(BinaryWriter writer) => _state.Save(writer);

        public override void Load(BinaryReader reader) => _state.Load(reader);

        public override Verdict Finish(Verdict counted) => _state.Finish(counted);

        protected override void Dispose(bool disposing)
        {
            _state.Dispose();
            base.Dispose(disposing);
        }
    }
}
