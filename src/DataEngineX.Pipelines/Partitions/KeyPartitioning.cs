using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A partition for each of some texts, numbered in the order given.</summary>
internal sealed class KeyPartitioning : Partitioning
{
    private readonly IReadOnlyList<string> _keys;
    private readonly Dictionary<string, long> _numbers;

    public KeyPartitioning(IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0 || keys.FirstOrDefault(k => string.IsNullOrEmpty(k) || k.Contains(',', StringComparison.Ordinal) || k.Contains("..", StringComparison.Ordinal)) is not null)
            throw new PlanException("Partitions by keys need at least one key, and none that is empty or holds a comma or two points.");
        _keys = [.. keys];
        _numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!_numbers.TryAdd(key, _numbers.Count))
                throw new PlanException($"The partition key '{key}' is there twice.");
        }
    }

    public override long First => 0;

    public override string Canonical => $"keys {string.Join(", ", _keys.Select(CanonicalWriter.Quote))}";

    public override long EndAt(DateTimeOffset now) => _keys.Count;

    public override string NameOf(long number) => _keys[(int)number];

    public override long NumberOf(string name) => _numbers.TryGetValue(name, out var number)
        ? number
        : throw new PlanException($"There is no partition '{name}'; there are {string.Join(", ", _keys)}.");

    internal override void Collect(IArrowArray column, HashSet<long> numbers)
    {
        if (column is not StringArray texts)
            throw Unfit(column.Data.DataType, "a text");
        for (var row = 0; row < texts.Length; row++)
        {
            if (texts.IsNull(row))
                numbers.Add(First);
            else if (_numbers.TryGetValue(texts.GetString(row), out var number))
                numbers.Add(number);
        }
    }

    private protected override Expr Covers(Interval interval, ColumnExpr column, IArrowType type) => type is StringType
        ? column.IsIn([.. _keys.Skip((int)interval.From).Take((int)interval.Count).Select(k => (object?)k)])
        : throw Unfit(type, "a text");
}
