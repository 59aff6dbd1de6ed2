using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Which casts there are.</summary>
internal static class CastRules
{
    /// <summary>The bytes stay as they are.</summary>
    public static bool IsRetype(IArrowType source, IArrowType target)
    {
        if (Guard.AreSame(source, target))
        {
            return source is not Decimal128Type from || from.Precision <= ((Decimal128Type)target).Precision;
        }

        // Text is UTF-8 bytes.
        if (source is StringType && target is BinaryType)
        {
            return true;
        }

        // A date or an instant is stored as a plain integer, and may be seen as one.
        Physical physical = PhysicalTypes.Of(source);
        return physical == PhysicalTypes.Of(target)
            && (physical is Physical.Int32 or Physical.Int64)
            && (PhysicalTypes.IsInteger(source) || PhysicalTypes.IsInteger(target));
    }

    public static bool IsConversion(IArrowType source, IArrowType target)
    {
        if (source is ListType left && target is ListType right)
        {
            return Casts.CanCast(left.ValueDataType, right.ValueDataType);
        }

        Family from = FamilyOf(source);
        Family to = FamilyOf(target);
        return from != Family.Other && to != Family.Other && (from, to) switch
        {
            (Family.Text, Family.Text) or (Family.Binary, Family.Binary) => false,
            (Family.Binary, _) or (_, Family.Binary) => from == Family.Text || to == Family.Text,
            (_, Family.Text) or (Family.Text, _) => true,
            (Family.Date or Family.Timestamp, Family.Date or Family.Timestamp) => true,
            (Family.Timestamp, Family.Time) or (Family.Time, Family.Time) or (Family.Duration, Family.Duration) => true,
            (_, Family.Date or Family.Timestamp or Family.Time or Family.Duration) => false,
            (Family.Date or Family.Timestamp or Family.Time or Family.Duration, _) => false,
            _ => true,
        };
    }

    private static Family FamilyOf(IArrowType type) => type switch
    {
        BooleanType => Family.Boolean,
        StringType => Family.Text,
        BinaryType => Family.Binary,
        Date32Type or Date64Type => Family.Date,
        TimestampType => Family.Timestamp,
        Time32Type or Time64Type => Family.Time,
        DurationType => Family.Duration,
        Decimal128Type => Family.Decimal,
        _ => PhysicalTypes.IsNumeric(type) ? Family.Number : Family.Other,
    };

    private enum Family
    {
        Other,
        Boolean,
        Number,
        Decimal,
        Date,
        Timestamp,
        Time,
        Duration,
        Binary,
        Text,
    }
}
