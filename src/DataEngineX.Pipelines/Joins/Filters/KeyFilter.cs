using System.Numerics;
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

    /// <summary>Whether keys of a type have a filter: those whose literals are exact and whose order all sources share. Floats have none, as sources
    /// differ about NaN and the sign of zero.</summary>
    public static bool HasOneFor(IArrowType type) => TypeRules.Plain(type) is TimestampType { Unit: not TimeUnit.Nanosecond }
        || TypeRules.Plain(type).TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
            or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.Date32 or ArrowTypeId.Decimal128 or ArrowTypeId.String;

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
            ArrowTypeId.Timestamp => OfTimes(keys, key, type),
            ArrowTypeId.Decimal128 => OfNumbers<Int128>(keys, key, type),
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
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var seen = new HashSet<T>();
        if (Bounds(keys, key, seen) is not { } bounds)
            return new KeyFilter(null, null, null);
        return KeyLiterals.Of(bounds.Least, type) is { } low && KeyLiterals.Of(bounds.Most, type) is { } high
            ? new KeyFilter(low, high, seen.Count <= MostListed ? [.. seen.Order().Select(v => KeyLiterals.Of(v, type)!)] : null)
            : null;
    }

    /// <summary>A source may keep times in a finer unit and cut or round them when it is read, so they are not listed, and the bounds have room.</summary>
    private static KeyFilter? OfTimes(IReadOnlyList<ProbeKeys> keys, int key, IArrowType type)
    {
        if (Bounds<long>(keys, key, []) is not { } bounds)
            return new KeyFilter(null, null, null);
        if (bounds.Least == long.MinValue || bounds.Most == long.MaxValue)
            return null;
        return KeyLiterals.Of(bounds.Least - 1, type) is { } low && KeyLiterals.Of(bounds.Most + 1, type) is { } high ? new KeyFilter(low, high, null) : null;
    }

    /// <summary>The least and greatest key, or null without any; the first of them are added to those seen.</summary>
    private static (T Least, T Most)? Bounds<T>(IReadOnlyList<ProbeKeys> keys, int key, HashSet<T> seen)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (T.MaxValue, T.MinValue);
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

        return least <= most ? (least, most) : null;
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
}
