using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Compares types by their canonical names.</summary>
internal static class TypeDrift
{
    private static readonly string[] Signed = ["int8", "int16", "int32", "int64"];
    private static readonly string[] Unsigned = ["uint8", "uint16", "uint32", "uint64"];

    public static (SchemaDriftKind Kind, SchemaDriftClass Class) Of(string before, string after)
    {
        if (before.Contains('<', StringComparison.Ordinal) && after.Contains('<', StringComparison.Ordinal)
            && before[..before.IndexOf('<', StringComparison.Ordinal)] == after[..after.IndexOf('<', StringComparison.Ordinal)])
            return (SchemaDriftKind.NestedChanged, SchemaDriftClass.Breaking);
        if (Timestamp(before) is { } was && Timestamp(after) is { } becomes)
        {
            return was.Zone != becomes.Zone
                ? (SchemaDriftKind.TimeZoneChanged, SchemaDriftClass.Breaking)
                : (SchemaDriftKind.TimeUnitChanged, SchemaDriftClass.Breaking);
        }

        if (IsWider(after, before))
            return (SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening);
        if (Decimal(before) is { } old && Decimal(after) is { } now && old.Scale != now.Scale)
            return (SchemaDriftKind.DecimalScaleChanged, SchemaDriftClass.Breaking);
        return IsWider(before, after) ? (SchemaDriftKind.TypeNarrowed, SchemaDriftClass.Breaking) : (SchemaDriftKind.TypeChanged, SchemaDriftClass.Breaking);
    }

    /// <summary>Whether a type takes every value of another exactly.</summary>
    private static bool IsWider(string wide, string narrow)
    {
        if (narrow == "null")
            return true;
        if (Decimal(wide) is { } w && Decimal(narrow) is { } n)
            return w.Scale >= n.Scale && w.Precision - w.Scale >= n.Precision - n.Scale;
        var (size, isSigned) = Integer(narrow);
        if (Decimal(wide) is { } d && size > 0)
            return d.Precision - d.Scale >= Digits(size);
        if (wide == "double")
            return narrow is "float" or "halffloat" || size is > 0 and <= 32;
        if (wide == "float")
            return narrow == "halffloat" || size is > 0 and <= 16;
        if (Timestamp(wide) is { Zone: "" })
            return narrow is "date32" or "date32[day]";
        var (room, takesSign) = Integer(wide);
        return room > 0 && size > 0 && room > size && (takesSign || !isSigned);
    }

    private static (int Bits, bool IsSigned) Integer(string type) =>
        System.Array.IndexOf(Signed, type) is >= 0 and var s ? (8 << s, true)
        : System.Array.IndexOf(Unsigned, type) is >= 0 and var u ? (8 << u, false) : (0, false);

    private static int Digits(int bits) => bits switch
    {
        8 => 3,
        16 => 5,
        32 => 10,
        _ => 20,
    };

    private static (int Precision, int Scale)? Decimal(string type)
    {
        if (!type.StartsWith("decimal(", StringComparison.Ordinal) || !type.EndsWith(')'))
            return null;
        var parts = type[8..^1].Split(',');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var precision)
            && int.TryParse(parts[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var scale) ? (precision, scale) : null;
    }

    private static (string Unit, string Zone)? Timestamp(string type)
    {
        if (!type.StartsWith("timestamp[", StringComparison.Ordinal) || !type.EndsWith(']'))
            return null;
        var parts = type[10..^1].Split(',', 2);
        return (parts[0], parts.Length == 2 ? parts[1].Trim() : "");
    }
}
