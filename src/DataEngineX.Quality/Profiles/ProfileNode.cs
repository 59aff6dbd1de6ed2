using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Profiles all rows: one row comes out, with the profile as JSON in the column <see cref="Column"/>.</summary>
public sealed class ProfileNode : PlanNode
{
    /// <summary>The one column of the result.</summary>
    public const string Column = "profile";

    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="options">What to look at. <value>Default: null, the defaults.</value></param>
    public ProfileNode(PlanNode input, ProfileOptions? options = null)
        : base(input) => Options = options ?? new ProfileOptions();

    /// <summary>What is looked at.</summary>
    public ProfileOptions Options { get; }

    /// <inheritdoc/>
    public override string Operator => BoundProfile.OperatorName;

    internal static Schema OutputSchema { get; } = new Schema([new Field(Column, StringType.Default, false)], null);

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new ProfileNode(inputs[0], Options);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Options.Columns is { } columns)
            writer.List("columns", columns.Select(CanonicalWriter.Quote));
        writer.Flag("no_duplicates", !Options.DuplicateRows).Flag("correlations", Options.Correlations);
        if (Options.Now is { } now)
            writer.Field("now", RuleText.Of(now));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundProfileNode(this, context.Inputs, new BoundProfile(Options, context.Inputs[0].Schema));
    }

    private sealed class BoundProfileNode(ProfileNode node, IReadOnlyList<BoundNode> inputs, BoundProfile profile)
        : BoundNode(node, inputs, OutputSchema)
    {
        private readonly string[] _read = [.. profile.Shapes.Select(s => s.Name)];

        public override NodeLineage Lineage => new(
            new Dictionary<string, IReadOnlyList<LineageEdge>> { [Column] = [.. _read.Select(c => new LineageEdge(0, c, LineageKind.Aggregation))] }, []);

        public override RecomputeScope Recompute => RecomputeScope.ThisRun;

        public override IReadOnlyList<OrderKey> Order => [];

        public override IReadOnlySet<string>? RequiredColumns(int input, IReadOnlySet<string> wanted) => new HashSet<string>(_read, StringComparer.Ordinal);

        public override Operator CreateOperator(OperatorContext context) => new ProfileOperator(profile, context);
    }
}
