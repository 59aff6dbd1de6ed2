using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>No two rows of a run have the same key. Every copy violates the rule, the first one too.</summary>
/// <remarks>
/// A row whose key columns are all missing is not checked: in a key of one column nulls are ignored, in a key of several a null equals a null.
/// NaN equals NaN, and -0.0 equals 0.0. All keys of the run are held in its memory budget; at a quarantine all rows are held too.
/// </remarks>
public sealed class UniqueRule : Rule
{
    private readonly IgnoredRows _ignored;

    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The key columns, at least one and none twice.</param>
    public UniqueRule(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw new ArgumentException($"unique needs at least one column, each once, not [{string.Join(", ", columns)}].", nameof(columns));
        Columns = columns;
    }

    /// <summary>The rows that are not checked. <value>Default: those in which all key columns are missing.</value></summary>
    /// <remarks>In a key of one column missing values are never checked.</remarks>
    public IgnoredRows Ignored
    {
        get => _ignored;
        init => _ignored = Columns.Count == 1 ? IgnoredRows.AllMissing : value;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        Ignored == IgnoredRows.AllMissing ? [] : [RuleParameter.Of("ignore", MissingRows.NameOf(Ignored))];

    /// <inheritdoc/>
    public override string Name => "unique";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override string Expectation => Columns.Count == 1
        ? $"{Columns[0]} is unique"
        : $"({string.Join(", ", Columns)}) is unique";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var ordinals = Columns.Select(c => Ordinal(schema, c)).ToArray();
        var types = new IArrowType[ordinals.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var field = schema.GetFieldByIndex(ordinals[i]);
            types[i] = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
            if (types[i] is NestedType || !CellJson.Supports(types[i]) || types[i].TypeId == ArrowTypeId.Decimal256)
                throw Unfit(field.Name, $"values of type {ArrowTypes.NameOf(types[i])} cannot be a key.");
        }

        return new Bound(ordinals, types, Ignored);
    }

    private sealed class Bound(int[] ordinals, IArrowType[] types, IgnoredRows ignored) : BoundRule
    {
        public override bool NeedsAllRows => true;

        public override RuleState CreateState(RuleContext context) => new UniqueState(ordinals, types, ignored, context);
    }
}
