using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// The table of the group-by tasks (G1): three text and three whole-number keys, of which two each have
/// <c>groups</c> values and one <c>rows / groups</c>, and three measures, all drawn independently.
/// With nulls, that share of the distinct values of each key, and of the rows of each measure, is null.
/// </summary>
internal sealed class GroupByTable(long rows, int groups = 100, int nullPercent = 0)
    : DataTable($"G1_{rows}_{groups}_{nullPercent}", rows, new Schema([.. Names.Select(Field)], null))
{
    private static readonly string[] Names = ["id1", "id2", "id3", "id4", "id5", "id6", "v1", "v2", "v3"];
    private readonly CounterRandom[] _columns = [.. Names.Select(n => new CounterRandom("G1", n))];
    private readonly CounterRandom[] _nulls = [.. Names.Select(n => new CounterRandom("G1 nulls", n))];

    protected override IArrowArray Column(int index, long start, int count)
    {
        var random = _columns[index];
        var nulls = _nulls[index];
        var many = Math.Max(1, Rows / groups);
        return index switch
        {
            0 or 1 => Texts(groups, 3),
            2 => Texts(many, 10),
            3 or 4 => Keys(groups),
            5 => Keys(many),
            6 => ColumnMaker.Integers(start, count, r => IsNull(r) ? null : (int)random.Below(5, r) + 1),
            7 => ColumnMaker.Integers(start, count, r => IsNull(r) ? null : (int)random.Below(15, r) + 1),
            // A quotient of whole numbers is the double nearest to its decimal text, so files and memory hold equal values.
            _ => ColumnMaker.Doubles(start, count, r => IsNull(r) ? null : random.Below(100_000_001, r) / 1e6),
        };

        // What is null depends on the value for a key and on the row for a measure.
        bool IsNull(long item) => nullPercent > 0 && nulls.Below(100, item) < nullPercent;

        StringArray Texts(long distinct, int digits) => ColumnMaker.Texts(start, count, 16, (r, target) =>
        {
            var key = random.Below(distinct, r) + 1;
            return IsNull(key) ? -1 : KeyText.Write(target, key, digits);
        });

        Int32Array Keys(long distinct) => ColumnMaker.Integers(start, count, r =>
        {
            var key = (int)random.Below(distinct, r) + 1;
            return IsNull(key) ? null : key;
        });
    }

    private static Field Field(string name, int index) =>
        new(name, index switch { < 3 => StringType.Default, 8 => DoubleType.Default, _ => Int32Type.Default }, nullable: true);
}
