using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>The values of a column are among given ones, or are not. Missing values are not checked.</summary>
/// <remarks>
/// Values are equal as numbers, not as types: 1 is 1.0. In an empty set is nothing, so every value violates it. NaN is in a set that holds
/// NaN. Fits columns of bool, numbers, decimals, text, dates, times, timestamps and durations.
/// </remarks>
public sealed class InSetRule : Rule
{
    private readonly object[]? _values;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">
    /// The values, none of them null unless lenient: a null in a column is never checked. Null instead of values lets every value pass.
    /// </param>
    /// <param name="negated">Whether the values must not be among them. <value>Default: false.</value></param>
    /// <param name="lenient">
    /// Whether a value that no value of the column can equal, such as a text for a column of numbers, is ignored instead of refused.
    /// <value>Default: false.</value>
    /// </param>
    /// <exception cref="ArgumentException">A value is null or of a type no column has.</exception>
    public InSetRule(string column, IEnumerable<object?>? values, bool negated = false, bool lenient = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Columns = [column];
        IsNegated = negated;
        IsLenient = lenient;
        _values = values is null
            ? null
            : [.. values.Where(v => v is not null || !lenient).Select(v => v ?? throw new ArgumentException(
                $"A set for column '{column}' holds null: leave it out, missing values are not checked; use not_null to refuse them.", nameof(values)))];
        Parameters = lenient
            ? [RuleParameter.Of("values", _values), RuleParameter.Of("lenient", true)]
            : [RuleParameter.Of("values", _values)];
        Expectation = $"{column} is {(negated ? "not one" : "one")} of {(_values is null ? "all values" : RuleText.List(_values))}";
    }

    /// <summary>The values; null when every value passes.</summary>
    public IReadOnlyList<object>? Values => _values;

    /// <summary>Whether a value that no value of the column can equal is ignored.</summary>
    public bool IsLenient { get; }

    /// <summary>Whether the values must not be among them.</summary>
    public bool IsNegated { get; }

    /// <inheritdoc/>
    public override string Name => IsNegated ? "not_in_set" : "in_set";

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
        if (_values is null)
            return RowTest.Always(ordinal, holds: true);
        var values = IsLenient ? Fitting(StoredColumn.Of(schema, ordinal)) : _values;
        return type.TypeId switch
        {
            ArrowTypeId.Null => RowTest.Always(ordinal, holds: true),
            ArrowTypeId.String => Membership.Text(ordinal, [.. values.Select(Text)], IsNegated),
            ArrowTypeId.Boolean => Membership.Flags(ordinal, [.. values.Select(Flag)], IsNegated),
            ArrowTypeId.Double => Membership.Fixed<double>(ordinal, Floats<double>(values), IsNegated),
            ArrowTypeId.Float => Membership.Fixed<float>(ordinal, Floats<float>(values), IsNegated),
            ArrowTypeId.HalfFloat => Membership.Fixed<Half>(ordinal, Floats<Half>(values), IsNegated),
            ArrowTypeId.Int8 => Membership.Fixed(ordinal, Stored<sbyte>(values, type), IsNegated),
            ArrowTypeId.Int16 => Membership.Fixed(ordinal, Stored<short>(values, type), IsNegated),
            ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32 => Membership.Fixed(ordinal, Stored<int>(values, type), IsNegated),
            ArrowTypeId.Int64 or ArrowTypeId.Date64 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration =>
                Membership.Fixed(ordinal, Stored<long>(values, type), IsNegated),
            ArrowTypeId.UInt8 => Membership.Fixed(ordinal, Stored<byte>(values, type), IsNegated),
            ArrowTypeId.UInt16 => Membership.Fixed(ordinal, Stored<ushort>(values, type), IsNegated),
            ArrowTypeId.UInt32 => Membership.Fixed(ordinal, Stored<uint>(values, type), IsNegated),
            ArrowTypeId.UInt64 => Membership.Fixed(ordinal, Stored<ulong>(values, type), IsNegated),
            ArrowTypeId.Decimal128 => Membership.Fixed(ordinal, Stored<Int128>(values, type), IsNegated),
            _ => throw Unfit(Columns[0], $"values of type {ArrowTypes.NameOf(type)} cannot be looked up in a set; use satisfies."),
        };
    }

    /// <summary>The values that some value of the column can equal; a bool counts as 0 or 1 in a column of numbers, and back.</summary>
    private object[] Fitting(StoredColumn column) =>
    [
        .. _values!.Where(v => ValueKey.Of(v, column) is not null).Select(v => column.Type is BooleanType
            ? ValueKey.Of(v, column) switch { "0" => false, "1" => true, _ => (object?)null }
            : v is bool flag ? flag ? 1 : 0 : v).OfType<object>(),
    ];

    private string Text(object value) => value as string ?? throw Misfit(value, "text");

    private bool Flag(object value) => value is bool flag ? flag : throw Misfit(value, "bool");

    private IEnumerable<T> Floats<T>(object[] values)
        where T : IFloatingPointIeee754<T>
    {
        foreach (var value in values)
        {
            yield return value switch
            {
                double d => T.CreateSaturating(d),
                float f => T.CreateSaturating(f),
                Half h => T.CreateSaturating(h),
                decimal or sbyte or byte or short or ushort or int or uint or long or ulong =>
                    T.Parse(ExactNumber.Canonical(value), System.Globalization.CultureInfo.InvariantCulture),
                _ => throw Misfit(value, "a number"),
            };
        }
    }

    /// <summary>The values a column can hold: one between two storage values equals none of them.</summary>
    private IEnumerable<T> Stored<T>(object[] values, IArrowType type)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var least = BigInteger.CreateChecked(T.MinValue);
        var most = BigInteger.CreateChecked(T.MaxValue);
        foreach (var value in values)
        {
            if (value is double d && !double.IsFinite(d))
                continue;
            if (!StoredLiteral.TryRead(value, type, out var number, out var problem))
                throw Unfit(Columns[0], problem);
            if (number.IsInteger && number.Floor >= least && number.Floor <= most)
                yield return T.CreateChecked(number.Floor);
        }
    }

    private PlanException Misfit(object value, string wanted) =>
        Unfit(Columns[0], $"the column is {wanted}, and the value '{RuleText.Of(value)}' is not.");
}
