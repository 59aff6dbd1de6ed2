using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace QualityCheck.Data;

/// <summary>What is known of the columns of a text file besides what stands in it.</summary>
public sealed class ColumnHints
{
    private readonly Dictionary<string, int> _widened = new(StringComparer.Ordinal);

    /// <summary>The columns that rules name, in their order: by them a header is known.</summary>
    public required IReadOnlyList<string> Named { get; init; }

    /// <summary>
    /// The columns that a rule looks at letter by letter. In CSV they are read as texts unless they are numbers: those stay numbers, as they are in a Parquet
    /// file, and such a rule looks at their text.
    /// </summary>
    public required IReadOnlySet<string> Texts { get; init; }

    /// <summary>The columns whose values are looked up among texts: in CSV they are read as texts even when all look like numbers.</summary>
    public IReadOnlySet<string> Codes { get; set; } = new HashSet<string>();

    /// <summary>The columns whose values are compared or reckoned with: texts in them that look like days and times are read as such.</summary>
    public required IReadOnlySet<string> Values { get; init; }

    /// <summary>Nothing is asked of the columns: every one is read as what it looks like.</summary>
    /// <param name="schema">The columns.</param>
    public static ColumnHints AsFound(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        string[] names = [.. schema.FieldsList.Select(static f => f.Name)];
        return new ColumnHints { Named = names, Texts = new HashSet<string>(), Values = names.ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Takes note that a value did not fit the type of its column, so that the next read gives it a wider one.</summary>
    /// <param name="column">The column.</param>
    /// <returns>False when it has the widest already.</returns>
    public bool Widen(string column) => (_widened[column] = _widened.GetValueOrDefault(column) + 1) <= 2;

    /// <summary>The columns to read.</summary>
    /// <param name="found">The columns as they were found in the first part of the file.</param>
    /// <param name="hasTypes">Whether the file tells numbers and texts apart, as JSON does.</param>
    internal Schema Apply(Schema found, bool hasTypes) => new([.. found.FieldsList.Select(f => new Field(f.Name, TypeOf(f, hasTypes), nullable: true))], null);

    private bool IsText(Field field) => Codes.Contains(field.Name) || (Texts.Contains(field.Name) && field.DataType is not (Int64Type or DoubleType));

    private IArrowType TypeOf(Field field, bool hasTypes)
    {
        var type = field.DataType;
        var isTime = type is Date32Type or Time64Type or TimestampType;
        if ((isTime && !Values.Contains(field.Name)) || (!hasTypes && IsText(field)))
            return StringType.Default;
        return _widened.GetValueOrDefault(field.Name) switch
        {
            0 => type,
            1 when type is Int64Type => DoubleType.Default,
            1 when type is Date32Type => ArrowTypes.TimestampLocal,
            _ => StringType.Default,
        };
    }
}
