using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// A table of the join tasks (J1): <c>left</c> with as many rows as asked for, and <c>small</c>, <c>medium</c> and <c>big</c>
/// with a millionth (10 at least), a thousandth and all of them. Each uses every key of its own set once at least, in random order.
/// </summary>
internal sealed class JoinTable : DataTable
{
    private readonly JoinKeys[] _sets;
    private readonly (int Set, bool IsText)[] _columns;
    private readonly Shuffle[] _order;
    private readonly CounterRandom[] _random;
    private readonly bool _isLeft;

    private JoinTable(string part, long rows, long baseRows, JoinKeys[] sets, (string Name, int Set, bool IsText)[] keys, string measure)
        : base($"J1_{baseRows}_{part}", rows, new Schema([.. keys.Select(Field), new Field(measure, DoubleType.Default, nullable: true)], null))
    {
        _sets = sets;
        _columns = [.. keys.Select(k => (k.Set, k.IsText))];
        _order = [.. Enumerable.Range(0, 3).Select(i => new Shuffle(Name, $"set {i}", rows))];
        _random = [.. Enumerable.Range(0, 4).Select(i => new CounterRandom(Name, $"set {i}"))];
        _isLeft = part == "left";
    }

    public static (JoinTable Left, JoinTable Small, JoinTable Medium, JoinTable Big) Create(long rows)
    {
        JoinKeys[] sets = [new(Math.Max(10, rows / 1_000_000)), new(Math.Max(10, rows / 1000)), new(rows)];
        (string, int, bool)[] all = [("id1", 0, false), ("id2", 1, false), ("id3", 2, false), ("id4", 0, true), ("id5", 1, true), ("id6", 2, true)];
        return (
            new JoinTable("left", rows, rows, sets, all, "v1"),
            new JoinTable("small", sets[0].Count, rows, sets, [all[0], all[3]], "v2"),
            new JoinTable("medium", sets[1].Count, rows, sets, [all[0], all[1], all[3], all[4]], "v2"),
            new JoinTable("big", rows, rows, sets, all, "v2"));
    }

    protected override IArrowArray Column(int index, long start, int count)
    {
        if (index == _columns.Length)
            return ColumnMaker.Doubles(start, count, r => _random[3].Below(100_000_001, r) / 1e6);
        var (set, isText) = _columns[index];
        return isText
            ? ColumnMaker.Texts(start, count, 16, (r, target) => KeyText.Write(target, Key(set, r), 0))
            : ColumnMaker.Integers(start, count, r => Key(set, r));
    }

    private int Key(int set, long row)
    {
        var keys = _sets[set];
        var place = _order[set].At(row);
        var index = place < keys.Count ? place : _random[set].Below(keys.Count, row);
        return _isLeft ? keys.Left(index) : keys.Right(index);
    }

    private static Field Field((string Name, int Set, bool IsText) key) =>
        new(key.Name, key.IsText ? StringType.Default : Int32Type.Default, nullable: true);
}
