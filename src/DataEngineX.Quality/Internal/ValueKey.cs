using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>Values of a column and literals as keys that are equal when the values are: 1 is 1.0, and a date is its ISO text.</summary>
internal static class ValueKey
{
    /// <summary>The key of one value, which is not null.</summary>
    public static string Of(IArrowArray array, int row, StoredColumn column)
    {
        switch (column.Kind)
        {
            case ColumnKind.Double:
                var number = array switch
                {
                    DoubleArray doubles => RuleBatch.Values<double>(doubles)[row],
                    FloatArray floats => RuleBatch.Values<float>(floats)[row],
                    _ => (double)RuleBatch.Values<Half>(array)[row],
                };
                return Number(number);
            case ColumnKind.Long when array is BooleanArray flags:
                return flags.GetValue(row) == true ? "1" : "0";
            case ColumnKind.Long or ColumnKind.Wide:
                return Stored(array, row).ToString(CultureInfo.InvariantCulture);
            default:
                return CellText.Of(array, row) ?? string.Empty;
        }
    }

    /// <summary>The key of a literal; null where no value of the column equals it.</summary>
    public static string? Of(object literal, StoredColumn column)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text:
                return literal as string;
            case ColumnKind.Double:
                return literal switch
                {
                    double d => Number(column.Type.TypeId == ArrowTypeId.Float ? (float)d : d),
                    bool flag => flag ? "1" : "0",
                    string => null,
                    _ => ExactNumber.TryRead(literal, out _) ? Number(Convert.ToDouble(literal, CultureInfo.InvariantCulture)) : null,
                };
            case ColumnKind.Long or ColumnKind.Wide:
                var value = literal is bool truth && column.IsNumber ? (truth ? 1 : 0) : literal;
                var type = column.Type is BooleanType ? Int64Type.Default : column.Type;
                return StoredLiteral.TryRead(value, type, out var number, out _) && number.IsInteger ? number.Floor.ToString(CultureInfo.InvariantCulture) : null;
            default:
                return null;
        }
    }

    public static bool IsNaN(IArrowArray array, int row) => array switch
    {
        DoubleArray => double.IsNaN(RuleBatch.Values<double>(array)[row]),
        FloatArray => float.IsNaN(RuleBatch.Values<float>(array)[row]),
        HalfFloatArray => Half.IsNaN(RuleBatch.Values<Half>(array)[row]),
        _ => false,
    };

    private static string Number(double value) => (value == 0 ? 0d : value).ToString("R", CultureInfo.InvariantCulture);

    private static Int128 Stored(IArrowArray array, int row) => array switch
    {
        Int8Array => RuleBatch.Values<sbyte>(array)[row],
        Int16Array => RuleBatch.Values<short>(array)[row],
        Int32Array or Date32Array or Time32Array => RuleBatch.Values<int>(array)[row],
        UInt8Array => RuleBatch.Values<byte>(array)[row],
        UInt16Array => RuleBatch.Values<ushort>(array)[row],
        UInt32Array => RuleBatch.Values<uint>(array)[row],
        UInt64Array => RuleBatch.Values<ulong>(array)[row],
        Decimal128Array => RuleBatch.Values<Int128>(array)[row],
        _ => RuleBatch.Values<long>(array)[row],
    };
}
