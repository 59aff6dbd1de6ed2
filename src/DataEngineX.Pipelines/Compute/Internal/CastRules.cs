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

        // A date or an instant is stored as a plain integer, and may be seen as one.
        Physical physical = PhysicalTypes.Of(source);
        return physical == PhysicalTypes.Of(target)
            && (physical is Physical.Int32 or Physical.Int64)
            && (PhysicalTypes.IsInteger(source) || PhysicalTypes.IsInteger(target));
    }

    public static bool IsConversion(IArrowType source, IArrowType target)
    {
        Family from = FamilyOf(source);
        Family to = FamilyOf(target);
        return from != Family.Other && to != Family.Other && (from, to) switch
        {
            (Family.Text, Family.Text) => false,
            (_, Family.Text) or (Family.Text, _) => true,
            (Family.Date or Family.Timestamp, Family.Date or Family.Timestamp) => true,
            (Family.Date or Family.Timestamp, _) or (_, Family.Date or Family.Timestamp) => false,
            (Family.Boolean, Family.Decimal) or (Family.Decimal, Family.Boolean) => false,
            _ => true,
        };
    }

    private static Family FamilyOf(IArrowType type) => type switch
    {
        BooleanType => Family.Boolean,
        StringType => Family.Text,
        Date32Type => Family.Date,
        TimestampType => Family.Timestamp,
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
        Text,
    }
}
