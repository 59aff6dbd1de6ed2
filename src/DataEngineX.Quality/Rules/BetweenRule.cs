using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The values of a column lie between two bounds. Missing values are not checked; NaN lies between no bounds.</summary>
/// <remarks>
/// Fits columns of numbers, decimals, text, dates, times, timestamps and durations. Text compares by bytes of UTF-8, which is code-point
/// order. Bounds of integers, decimals, dates and times are exact; bounds of floating-point columns take the column's precision.
/// Bounds of date and time columns may be ISO 8601 text.
/// </remarks>
public sealed class BetweenRule : Rule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The lower bound; null for none.</param>
    /// <param name="max">The upper bound; null for none. One of the two must be there.</param>
    /// <param name="strictMin">Whether the lower bound itself is too low. <value>Default: false.</value></param>
    /// <param name="strictMax">Whether the upper bound itself is too high. <value>Default: false.</value></param>
    /// <exception cref="ArgumentException">There is no bound, or a bound is NaN or of a type no column has.</exception>
    public BetweenRule(string column, object? min, object? max, bool strictMin = false, bool strictMax = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        if (min is null && max is null)
            throw new ArgumentException($"between on column '{column}' needs a lower or an upper bound.", nameof(min));
        if (Range.IsNaN(min) || Range.IsNaN(max))
            throw new ArgumentException($"between on column '{column}': NaN is no bound.", nameof(min));
        Columns = [column];
        Min = min;
        Max = max;
        StrictMin = strictMin;
        StrictMax = strictMax;
        Parameters =
        [
            RuleParameter.Of("min", min),
            RuleParameter.Of("max", max),
            RuleParameter.Of("strict_min", strictMin),
            RuleParameter.Of("strict_max", strictMax),
        ];
        Expectation = Describe();
    }

    /// <summary>The lower bound, or null.</summary>
    public object? Min { get; }

    /// <summary>The upper bound, or null.</summary>
    public object? Max { get; }

    /// <summary>Whether the lower bound itself is too low.</summary>
    public bool StrictMin { get; }

    /// <summary>Whether the upper bound itself is too high.</summary>
    public bool StrictMax { get; }

    /// <inheritdoc/>
    public override string Name => "between";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string Expectation { get; }

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Columns[0]);
        var type = schema.GetFieldByIndex(ordinal).DataType is DictionaryType dictionary
            ? dictionary.ValueType
            : schema.GetFieldByIndex(ordinal).DataType;
        return type.TypeId switch
        {
            ArrowTypeId.String => Range.Text(ordinal, Text(Min), Text(Max), this),
            ArrowTypeId.Double => Range.Floats(ordinal, Number<double>(Min), Number<double>(Max), this),
            ArrowTypeId.Float => Range.Floats(ordinal, Number<float>(Min), Number<float>(Max), this),
            ArrowTypeId.HalfFloat => Range.Floats(ordinal, Number<Half>(Min), Number<Half>(Max), this),
            ArrowTypeId.Int8 => Stored<sbyte>(ordinal, type),
            ArrowTypeId.Int16 => Stored<short>(ordinal, type),
            ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32 => Stored<int>(ordinal, type),
            ArrowTypeId.Int64 or ArrowTypeId.Date64 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration => Stored<long>(ordinal, type),
            ArrowTypeId.UInt8 => Stored<byte>(ordinal, type),
            ArrowTypeId.UInt16 => Stored<ushort>(ordinal, type),
            ArrowTypeId.UInt32 => Stored<uint>(ordinal, type),
            ArrowTypeId.UInt64 => Stored<ulong>(ordinal, type),
            ArrowTypeId.Decimal128 => Stored<Int128>(ordinal, type),
            ArrowTypeId.Null => RowTest.Always(ordinal, holds: true),
            _ => throw Unfit(Columns[0], $"values of type {ArrowTypes.NameOf(type)} have no order; use in_set or satisfies."),
        };
    }

    private BoundRule Stored<T>(int ordinal, IArrowType type)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Range.Stored<T>(ordinal, Bound(Min, type), Bound(Max, type), this);

    internal PlanException Crossed() => Unfit(Columns[0], $"the lower bound {RuleText.Of(Min)} is above the upper bound {RuleText.Of(Max)}.");

    private StoredBound Bound(object? value, IArrowType type)
    {
        value = RuleText.Spelled(value);
        if (value is null)
            return default;
        if (value is double.PositiveInfinity or float.PositiveInfinity)
            return new StoredBound(1, default);
        if (value is double.NegativeInfinity or float.NegativeInfinity)
            return new StoredBound(-1, default);
        return StoredLiteral.TryRead(value, type, out var number, out var problem)
            ? new StoredBound(0, number)
            : throw Unfit(Columns[0], problem);
    }

    private string? Text(object? value) => value is null or string
        ? (string?)value
        : throw Unfit(Columns[0], $"the column is text, and the bound {RuleText.Of(value)} is not; cast the column in a Select before, or give text.");

    private T? Number<T>(object? value)
        where T : struct, IFloatingPointIeee754<T> => RuleText.Spelled(value) switch
        {
            null => null,
            double d => T.CreateSaturating(d),
            float f => T.CreateSaturating(f),
            Half h => T.CreateSaturating(h),
            decimal or sbyte or byte or short or ushort or int or uint or long or ulong =>
                T.Parse(ExactNumber.Canonical(value!), System.Globalization.CultureInfo.InvariantCulture),
            _ => throw Unfit(Columns[0], $"the column is a number, and the bound '{RuleText.Of(value)}' is not."),
        };

    private string Describe()
    {
        var column = Columns[0];
        return (Min, Max) switch
        {
            (null, _) => $"{column} is {(StrictMax ? "below" : "at most")} {RuleText.Of(Max)}",
            (_, null) => $"{column} is {(StrictMin ? "above" : "at least")} {RuleText.Of(Min)}",
            _ when StrictMin || StrictMax =>
                $"{column} is {(StrictMin ? "above" : "at least")} {RuleText.Of(Min)} and {(StrictMax ? "below" : "at most")} {RuleText.Of(Max)}",
            _ => $"{column} is between {RuleText.Of(Min)} and {RuleText.Of(Max)}",
        };
    }
}
