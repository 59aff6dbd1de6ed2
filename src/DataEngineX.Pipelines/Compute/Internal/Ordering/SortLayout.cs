using System.Numerics;

namespace DataEngineX.Compute;

/// <summary>How the keys of a row become at most <see cref="SortElement.KeyBits"/> bits: each key in as few bits as its range needs.</summary>
internal sealed class SortLayout
{
    private SortLayout(SortField[] fields, int keyBits, int exactKeys)
    {
        Fields = fields;
        KeyBits = keyBits;
        ExactKeys = exactKeys;
    }

    /// <summary>The keys that got any bits.</summary>
    public SortField[] Fields { get; }

    /// <summary>The bits used, from the top.</summary>
    public int KeyBits { get; }

    /// <summary>How many leading keys the bits decide alone; where keys beyond them are equal in bits, values must be compared.</summary>
    public int ExactKeys { get; }

    /// <summary>The bits of leading keys; rows that differ in them differ in one of these keys.</summary>
    public int BitsOf(int keys) => keys >= Fields.Length ? KeyBits : 128 - TopOf(Fields[keys]);

    public static SortLayout Create(IReadOnlyList<RowOrder> orders, IReadOnlyList<SortRange> ranges, int room = SortElement.KeyBits)
    {
        var fields = new List<SortField>();
        int used = 0;
        int exact = 0;
        for (int k = 0; k < orders.Count; k++)
        {
            if (used == room)
            {
                break;
            }

            bool isExact = true;
            fields.Add(Place(orders[k], ranges[k], room, ref used, ref isExact));
            if (!isExact)
            {
                break;
            }

            exact++;
        }

        return new SortLayout([.. fields], used, exact);
    }

    private static int TopOf(SortField field) =>
        field.NullShift >= 0 ? field.NullShift + 1 : field.Shift + field.Bits;

    private static SortField Place(RowOrder order, SortRange range, int room, ref int used, ref bool exact)
    {
        int nullShift = range.HasNull && range.HasValue ? 127 - used++ : -1;
        bool isText = range.MinBytes != int.MaxValue;
        UInt128 spread = range.HasValue && !isText ? range.Max - range.Min : UInt128.Zero;
        int wanted = !range.HasValue ? 0
            : isText ? (int)Math.Min(128, 8L * (range.MaxBytes - range.CommonBytes))
            : 128 - (int)UInt128.LeadingZeroCount(spread);
        int bits = Math.Min(wanted, room - used);
        int shift = 128 - used - bits;
        used += bits;
        int lengthShift = -1;
        if (isText)
        {
            int lengthBits = 32 - BitOperations.LeadingZeroCount((uint)(range.MaxBytes - range.MinBytes));
            exact = 8L * (range.MaxBytes - range.CommonBytes) == bits && used + lengthBits <= room;
            if (exact && lengthBits > 0)
            {
                used += lengthBits;
                lengthShift = 128 - used;
            }
        }
        else
        {
            exact = bits == wanted;
        }

        return new SortField
        {
            Descending = order.Descending,
            NullShift = nullShift,
            NullsFirst = order.NullsFirst,
            Shift = shift,
            Bits = bits,
            Dropped = wanted - bits,
            Base = order.Descending ? range.Max : range.Min,
            SkippedBytes = range.CommonBytes,
            LengthShift = lengthShift,
            LengthBase = order.Descending ? range.MaxBytes : range.MinBytes,
        };
    }
}
