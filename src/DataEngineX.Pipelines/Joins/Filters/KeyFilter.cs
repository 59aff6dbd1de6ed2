using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The least and the greatest of some keys, and all of them when they are few.</summary>
/// <param name="Least">The least, as a literal; null when there is no key, and nothing can match.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Few">All of them, or null when they are many.</param>
internal sealed record KeyFilter(LiteralExpr? Least, LiteralExpr? Most, IReadOnlyList<LiteralExpr>? Few)
{
    /// <summary>So many values are still looked up one by one.</summary>
    public const int MostListed = 1000;

    /// <summary>Whether keys of a type are listed: those whose literals are exact and whose order all sources share. Floats are not, as sources
    /// differ about NaN and the sign of zero, and neither are times, which sources keep in other units.</summary>
    public static bool HasOneFor(IArrowType type) => TypeRules.Plain(type).TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32
        or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.Date32 or ArrowTypeId.String;

    /// <summary>The filter of one column of some keys, or null when a value cannot be said as a literal.</summary>
    public static KeyFilter? Of(IReadOnlyList<ProbeKeys> keys, int key)
    {
        if (keys.Count == 0)
            return new KeyFilter(null, null, null);
        var type = keys[0].Columns[key].Data.DataType;
        return type.TypeId switch
        {
            ArrowTypeId.Int8 => OfNumbers<sbyte>(keys, key, type),
            ArrowTypeId.Int16 => OfNumbers<short>(keys, key, type),
            ArrowTypeId.Int32 or ArrowTypeId.Date32 => OfNumbers<int>(keys, key, type),
            ArrowTypeId.Int64 => OfNumbers<long>(keys, key, type),
            ArrowTypeId.UInt8 => OfNumbers<byte>(keys, key, type),
            ArrowTypeId.UInt16 => OfNumbers<ushort>(keys, key, type),
            ArrowTypeId.UInt32 => OfNumbers<uint>(keys, key, type),
            ArrowTypeId.String => OfTexts(keys, key),
            _ => null,
        };
    }

    /// <summary>The condition on a column.</summary>
    public Expr On(string column)
    {
        var key = new ColumnExpr(column);
        if (Least is null)
            return key.IsNull() & key.IsNotNull();
        var range = (Expr)key >= Least & (Expr)key <= Most!;
        return Few is null ? range : range & new CallExpr(FunctionNames.In, [key, .. Few]);
    }

    private static KeyFilter? OfNumbers<T>(IReadOnlyList<ProbeKeys> keys, int key, IArrowType type)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        var (least, most) = (T.MaxValue, T.MinValue);
        var seen = new HashSet<T>();
        foreach (var chunk in keys)
        {
            var values = Compute.Columns.Values<T>(chunk.Columns[key].Data);
            for (var row = 0; row < values.Length; row++)
            {
                if (!chunk.IsValid(row))
                    continue;
                least = T.Min(least, values[row]);
                most = T.Max(most, values[row]);
                if (seen.Count <= MostListed)
                    seen.Add(values[row]);
            }
        }

        if (seen.Count == 0)
            return new KeyFilter(null, null, null);
        return Literal(least, type) is { } low && Literal(most, type) is { } high
            ? new KeyFilter(low, high, seen.Count <= MostListed ? [.. seen.Order().Select(v => Literal(v, type)!)] : null)
            : null;
    }

    /// <summary>Text is ordered by its bytes.</summary>
    private static KeyFilter? OfTexts(IReadOnlyList<ProbeKeys> keys, int key)
    {
        byte[]? least = null, most = null;
        var seen = new HashSet<byte[]>(BytesComparer.Instance);
        var found = seen.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var chunk in keys)
        {
            var column = (StringArray)chunk.Columns[key];
            for (var row = 0; row < column.Length; row++)
            {
                if (!chunk.IsValid(row))
                    continue;
                var bytes = column.GetBytes(row);
                if (least is null || bytes.SequenceCompareTo(least) < 0)
                    least = bytes.ToArray();
                if (most is null || bytes.SequenceCompareTo(most) > 0)
                    most = bytes.ToArray();
                if (seen.Count <= MostListed)
                    found.Add(bytes);
            }
        }

        if (least is null)
            return new KeyFilter(null, null, null);
        if (Text(least) is not { } low || Text(most!) is not { } high)
            return null;
        if (seen.Count > MostListed)
            return new KeyFilter(low, high, null);
        var few = seen.Select(Text).OfType<LiteralExpr>().ToList();
        return few.Count == seen.Count ? new KeyFilter(low, high, few) : null;
    }

    /// <summary>Bytes that are no text cannot be a literal.</summary>
    private static LiteralExpr? Text(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? new LiteralExpr(Encoding.UTF8.GetString(bytes)) : null;

    private static LiteralExpr? Literal<T>(T value, IArrowType type)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        if (type is not Date32Type)
            return new LiteralExpr(value);
        var day = long.CreateTruncating(value) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber ? new LiteralExpr(DateOnly.FromDayNumber((int)day)) : null;
    }
}
