using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// Ten columns of the kinds a profile meets: a row number, a text key with ten rows each, few texts, instants in order, measures with many and
/// with few values, with and without nulls, and free text.
/// </summary>
internal sealed class ReadingsTable(long rows) : DataTable($"readings_{rows}", rows, Columns)
{
    private const long MinuteMicros = 60_000_000;
    private static readonly long Start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
    private static readonly TimestampType Instant = new(TimeUnit.Microsecond, (string?)null);
    private readonly Stations _stations = Stations.Few();

    public static Schema Columns { get; } = new(
        [
            new Field("id", Int32Type.Default, nullable: true),
            new Field("device", StringType.Default, nullable: true),
            new Field("station", StringType.Default, nullable: true),
            new Field("observed_at", Instant, nullable: true),
            new Field("temp_c", DoubleType.Default, nullable: true),
            new Field("humidity", Int32Type.Default, nullable: true),
            new Field("pressure", DoubleType.Default, nullable: true),
            new Field("rain", DoubleType.Default, nullable: true),
            new Field("count", Int32Type.Default, nullable: true),
            new Field("note", StringType.Default, nullable: true),
        ],
        null);

    protected override IArrowArray Column(int index, long start, int count)
    {
        var random = new CounterRandom("readings", Columns.GetFieldByIndex(index).Name);
        return index switch
        {
            0 => ColumnMaker.Integers(start, count, r => (int)r),
            1 => ColumnMaker.Texts(start, count, 16, (r, target) => KeyText.Write(target, random.Below(Math.Max(1, Rows / 10), r) + 1, 10)),
            2 => ColumnMaker.Texts(start, count, 64, (r, target) => Copy(_stations.Utf8[random.Below(_stations.Utf8.Length, r)], target)),
            3 => ColumnMaker.Timestamps(Instant, start, count, r => Start + (r / 20 * MinuteMicros)),
            4 => ColumnMaker.Doubles(start, count, r => random.Below(100, r, 2) == 0 ? null : Math.Round((12 + (9 * random.Normal(r))) * 10) / 10),
            5 => ColumnMaker.Integers(start, count, r => 20 + (int)random.Below(81, r)),
            6 => ColumnMaker.Doubles(start, count, r => (98_000_000 + random.Below(5_000_000, r)) / 1e5),
            7 => ColumnMaker.Doubles(start, count, r => random.Below(10, r, 1) < 7 ? 0 : random.Below(100_000_001, r) / 1e6),
            8 => ColumnMaker.Integers(start, count, r => random.Below(20, r, 1) == 0 ? null : (int)random.Below(1_000_000, r)),
            _ => ColumnMaker.Texts(start, count, 40, (r, target) => random.Below(3, r, 1) == 0 ? -1 : Note(random.Bits(r), target)),
        };
    }

    private static int Copy(byte[] text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }

    /// <summary>Text such as <c>Note 1a2b3c4d by k</c>, nearly never the same.</summary>
    private static int Note(ulong bits, Span<byte> target)
    {
        "Note "u8.CopyTo(target);
        System.Buffers.Text.Utf8Formatter.TryFormat((uint)bits, target[5..], out var written, new System.Buffers.StandardFormat('x', 8));
        " by "u8.CopyTo(target[(5 + written)..]);
        target[9 + written] = (byte)('a' + ((bits >> 40) % 26));
        return 10 + written;
    }
}
