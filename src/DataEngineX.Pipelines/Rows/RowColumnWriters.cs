namespace DataEngineX.Pipelines;

/// <summary>Chooses the writer of a member by its type; decimals, bytes and enumerations have none of their own.</summary>
internal static class RowColumnWriters
{
    public static RowColumnWriter<T>? TryCreate<T>(RowColumn column)
    {
        var type = column.Property.PropertyType;
        if (type == typeof(string))
            return new TextColumnWriter<T>(column);
        return Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            _ when (Nullable.GetUnderlyingType(type) ?? type).IsEnum => null,
            TypeCode.Boolean => Bits<T>(column),
            TypeCode.SByte => Plain<T, sbyte>(column),
            TypeCode.Int16 => Plain<T, short>(column),
            TypeCode.Int32 => Plain<T, int>(column),
            TypeCode.Int64 => Plain<T, long>(column),
            TypeCode.Byte => Plain<T, byte>(column),
            TypeCode.UInt16 => Plain<T, ushort>(column),
            TypeCode.UInt32 => Plain<T, uint>(column),
            TypeCode.UInt64 => Plain<T, ulong>(column),
            TypeCode.Single => Plain<T, float>(column),
            TypeCode.Double => Plain<T, double>(column),
            TypeCode.DateTime => Fixed<T, DateTime, long, LocalTimeForm>(column),
            _ => OfTime<T>(column),
        };
    }

    private static RowColumnWriter<T>? OfTime<T>(RowColumn column) => (Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType) switch
    {
        var t when t == typeof(DateOnly) => Fixed<T, DateOnly, int, DayForm>(column),
        var t when t == typeof(DateTimeOffset) => Fixed<T, DateTimeOffset, long, InstantForm>(column),
        var t when t == typeof(TimeSpan) => Fixed<T, TimeSpan, long, SpanForm>(column),
        var t when t == typeof(TimeOnly) => Fixed<T, TimeOnly, long, TimeOfDayForm>(column),
        _ => null,
    };

    private static RowColumnWriter<T> Plain<T, TValue>(RowColumn column)
        where TValue : unmanaged => Fixed<T, TValue, TValue, PlainForm<TValue>>(column);

    private static RowColumnWriter<T> Fixed<T, TMember, TValue, TForm>(RowColumn column)
        where TMember : struct
        where TValue : unmanaged
        where TForm : struct, IRowForm<TMember, TValue> => IsOptional(column)
            ? new FixedColumnWriter<T, TMember?, TValue, OptionalForm<TMember, TValue, TForm>>(column)
            : new FixedColumnWriter<T, TMember, TValue, TForm>(column);

    private static RowColumnWriter<T> Bits<T>(RowColumn column) => IsOptional(column)
        ? new BooleanColumnWriter<T, bool?, OptionalForm<bool, bool, PlainForm<bool>>>(column)
        : new BooleanColumnWriter<T, bool, PlainForm<bool>>(column);

    private static bool IsOptional(RowColumn column) => Nullable.GetUnderlyingType(column.Property.PropertyType) is not null;
}
