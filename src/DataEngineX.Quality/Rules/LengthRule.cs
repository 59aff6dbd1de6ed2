using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The texts of a column have a number of characters between two bounds. A character is a code point. Missing values are not checked.</summary>
public sealed class LengthRule : ColumnRule
{
    private readonly BoundPair _bounds;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column, of text.</param>
    /// <param name="min">The fewest characters; null for any.</param>
    /// <param name="max">The most characters; null for any. One of the two must be there.</param>
    /// <param name="strictMin">Whether the lower bound itself is too short. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too long. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">There is no bound, or the lower is above the upper.</exception>
    public LengthRule(string column, long? min, long? max, bool strictMin = false, bool strictMax = false)
        : base(column)
    {
        if (min is null && max is null)
            throw new ArgumentException($"length on column '{column}' needs a lower or an upper bound.", nameof(min));
        if (min > max)
            throw new ArgumentException($"length on column '{column}': the lower bound {min} is above the upper bound {max}.", nameof(min));
        Min = min;
        Max = max;
        _bounds = new BoundPair(min, max, strictMin, strictMax);
    }

    /// <summary>The fewest characters, or null.</summary>
    public long? Min { get; }

    /// <summary>The most characters, or null.</summary>
    public long? Max { get; }

    /// <summary>Whether the lower bound itself is too short.</summary>
    public bool StrictMin => _bounds.StrictMin;

    /// <summary>Whether the upper bound itself is too long.</summary>
    public bool StrictMax => _bounds.StrictMax;

    /// <inheritdoc/>
    public override string Name => "length";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => _bounds.Parameters;

    /// <inheritdoc/>
    public override string Expectation => $"the length of {Column} is {_bounds}";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var column = FindText(schema);
        var low = Min is { } min ? min + (StrictMin ? 1 : 0) : 0;
        var high = Max is { } max ? max - (StrictMax ? 1 : 0) : long.MaxValue;
        return TextRows.Rule(column.Ordinal, new LengthTest(low, high));
    }
}
