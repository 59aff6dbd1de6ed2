using System.Globalization;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Reads single values of a column as a member's CLR type.</summary>
internal sealed class CellReader
{
    private readonly IArrowArray _array;
    private readonly RowColumn _column;
    private readonly Type _type;

    private CellReader(IArrowArray array, RowColumn column)
    {
        _array = array;
        _column = column;
        _type = Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType;
    }

    public static CellReader Create(IArrowArray array, RowColumn column) => new(array, column);

    public object? Read(int row)
    {
        if (IsNull(row))
        {
            return _column.IsNullable
                ? null
                : throw new MalformedDataException($"Row {row}: the column '{_column.Name}' is null, but {_column.Property.Name} cannot hold null: declare it nullable.", _column.Name);
        }

        var value = Value(row);
        if (value.GetType() == _type)
            return value;
        if (_type.IsEnum)
            return Enum.ToObject(_type, value);
        return value is IConvertible && typeof(IConvertible).IsAssignableFrom(_type)
            ? Convert.ChangeType(value, _type, CultureInfo.InvariantCulture)
            : throw new MalformedDataException($"The column '{_column.Name}' holds {value.GetType().Name}, which is not a {_type.Name}.", _column.Name);
    }

    private bool IsNull(int row) => _array.IsNull(row) || (_array is DictionaryArray a && a.Dictionary.IsNull(Dictionaries.Index(a, row)));

    private object Value(int row) => Value(_array, row);

    private object Value(IArrowArray array, int row) => array switch
    {
        DictionaryArray a => Value(a.Dictionary, Dictionaries.Index(a, row)),
        HalfFloatArray a => a.Values[row],
        Date64Array a => DateOnly.FromDateTime(a.GetDateTime(row)!.Value),
        BooleanArray a => a.GetValue(row)!.Value,
        Int8Array a => a.Values[row],
        Int16Array a => a.Values[row],
        Int32Array a => a.Values[row],
        Int64Array a => a.Values[row],
        UInt8Array a => a.Values[row],
        UInt16Array a => a.Values[row],
        UInt32Array a => a.Values[row],
        UInt64Array a => a.Values[row],
        FloatArray a => a.Values[row],
        DoubleArray a => a.Values[row],
        StringArray a => a.GetString(row),
        Date32Array a => a.GetDateOnly(row)!.Value,
        TimestampArray a when _type == typeof(DateTime) => a.GetTimestamp(row)!.Value.UtcDateTime,
        TimestampArray a => a.GetTimestamp(row)!.Value,
        Decimal128Array a => a.GetValue(row)!.Value,
        Time64Array a => a.GetTime(row)!.Value,
        Time32Array a => a.GetTime(row)!.Value,
        DurationArray a => a.GetTimeSpan(row)!.Value,
        BinaryArray a => a.GetBytes(row).ToArray(),
        _ => throw new MalformedDataException($"The column '{_column.Name}' has the type {_array.Data.DataType.Name}, which no member can hold.", _column.Name),
    };
}
