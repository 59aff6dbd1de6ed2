using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Checks of arguments that every kernel shares.</summary>
internal static class Guard
{
    public static NotSupportedException Unsupported(string kernel, IArrowType type) =>
        new($"{kernel} does not work on {Name(type)} columns; cast the column to a type it works on.");

    public static void SameLength(string kernel, int left, int right)
    {
        if (left != right)
        {
            throw new ArgumentException($"{kernel} needs columns of one length, but got {left} and {right} rows.");
        }
    }

    public static void SameType(string kernel, IArrowType left, IArrowType right)
    {
        if (!AreSame(left, right))
        {
            throw new ArgumentException($"{kernel} needs columns of one type, but got {Name(left)} and {Name(right)}; cast one of them.");
        }
    }

    /// <summary>The same type as far as the bytes of values can be compared; time zones are only a way to show instants.</summary>
    public static bool AreSame(IArrowType left, IArrowType right) => left.TypeId == right.TypeId && (left, right) switch
    {
        (TimeBasedType a, TimeBasedType b) => a.Unit == b.Unit,
        (Decimal128Type a, Decimal128Type b) => a.Scale == b.Scale,
        (DictionaryType a, DictionaryType b) => AreSame(a.IndexType, b.IndexType) && AreSame(a.ValueType, b.ValueType),
        (FixedSizeBinaryType a, FixedSizeBinaryType b) => a.ByteWidth == b.ByteWidth,
        (ListType a, ListType b) => AreSame(a.ValueDataType, b.ValueDataType),
        (MapType a, MapType b) => AreSame(a.KeyField.DataType, b.KeyField.DataType) && AreSame(a.ValueField.DataType, b.ValueField.DataType),
        (StructType a, StructType b) => SameFields(a, b),
        _ => true,
    };

    public static string Name(IArrowType type) => type switch
    {
        TimestampType t => string.IsNullOrEmpty(t.Timezone) ? $"timestamp[{t.Unit}]" : $"timestamp[{t.Unit}, {t.Timezone}]",
        Decimal128Type d => $"decimal128({d.Precision}, {d.Scale})",
        DictionaryType d => $"dictionary<{Name(d.IndexType)}, {Name(d.ValueType)}>",
        _ => type.Name,
    };

    private static bool SameFields(StructType left, StructType right)
    {
        if (left.Fields.Count != right.Fields.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Fields.Count; i++)
        {
            if (!AreSame(left.Fields[i].DataType, right.Fields[i].DataType))
            {
                return false;
            }
        }

        return true;
    }
}
