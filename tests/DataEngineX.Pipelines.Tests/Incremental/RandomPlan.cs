using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>A plan of random operators over two tables that are read by one key. Whether it may be computed by key is for the engine to say.</summary>
/// <param name="seed">Makes the plan: the same one for the same seed.</param>
internal sealed class RandomPlan(int seed)
{
    private readonly Random _random = new(seed);
    private List<string> _numbers = ["id", "amount"];
    private string _key = "station";
    private int _names;

    /// <summary>Whether the rows can be told apart by the key and the columns that order them: windows over ties are a matter of chance.</summary>
    private string? _order;

    public static Flow Of(int seed, bool keyed) => new RandomPlan(seed).Make(keyed);

    private Flow Make(bool keyed)
    {
        var flow = KeyedReads.Of("orders", keyed, "station");
        for (var left = _random.Next(1, 6); left > 0; left--)
            flow = Next(flow, keyed);
        return flow;
    }

    private Flow Next(Flow flow, bool keyed)
    {
        switch (_random.Next(12))
        {
            case 0:
                return flow.Where(Col(One()) > (long)_random.Next(6));
            case 1:
                return flow.Where(_random.Next(2) == 0 ? Col(_key) != "a" : Col(_key).IsNotNull());
            case 2:
                var made = Name();
                var sum = _random.Next(2) == 0 ? Col(One()) + Col(One()) : Col(One()) * 3L;
                _numbers.Add(made);
                return flow.Derive(sum.As(made));
            case 3 or 4:
                return Group(flow);
            case 5 when _order is not null:
                var running = Name();
                var window = flow.Window([_key], [new(_order)], [WindowColumn.RunningSum(Col(One())).As(running)]);
                _numbers.Add(running);
                return window;
            case 6:
                _order = null;
                return flow.Distinct();
            case 7:
                _order = null;
                return flow.Union(KeyedReads.Of("orders", keyed, "station").Select(
                    [Col("station").As(_key), .. _numbers.Select((n, i) => (i % 2 == 0 ? Col("amount") : Col("id")).As(n))]));
            case 8 or 9:
                return Join(flow, keyed);
            case 10:
                // Mostly not allowed, and then refused rather than wrong.
                return _random.Next(6) switch
                {
                    0 => flow.Take(3),
                    1 => flow.Derive(Coalesced(_key).As(_key)),
                    2 => Mixed(flow),
                    3 => flow.Sample(0.5, _key),
                    4 => flow.SampleRows(2),
                    _ => flow.OrderBy(new Plans.OrderKey(One())),
                };
            default:
                var was = _key;
                _key = Name();
                return flow.Rename(Col(was).As(_key));
        }
    }

    private Flow Group(Flow flow)
    {
        var finer = _random.Next(2) == 0 ? One() : null;
        var (count, total, most) = (Name(), Name(), Name());
        var (summed, greatest) = (One(), One());
        var grouped = (finer is null ? flow.GroupBy(_key) : flow.GroupBy(finer, _key))
            .Aggregate(Aggregate.Count().As(count), Aggregate.Sum(Col(summed)).As(total), Aggregate.Max(Col(greatest)).As(most));
        _numbers = finer is null ? [count, total, most] : [finer, count, total, most];
        _order = finer;
        return grouped;
    }

    private Flow Join(Flow flow, bool keyed)
    {
        var kind = new[] { JoinKind.Inner, JoinKind.Left, JoinKind.Semi, JoinKind.Anti, JoinKind.Full, JoinKind.Right }[_random.Next(6)];
        var height = Name();
        var other = (_random.Next(3) == 0 ? Flow.Table(Layer.Silver, "stations") : KeyedReads.Of("stations", keyed, "station"))
            .GroupBy("station").Aggregate(Aggregate.Max(Col("amount")).As(height)).Rename(Col("station").As(_key));
        if (kind is not (JoinKind.Semi or JoinKind.Anti))
            _numbers.Add(height);
        return flow.Join(other, [_key], kind);
    }

    private Flow Mixed(Flow flow)
    {
        var (group, count) = (One(), Name());
        _numbers = [group, count];
        _order = null;
        return flow.GroupBy(group).Aggregate(Aggregate.Count().As(count), Aggregate.Max(Col(_key)).As(_key));
    }

    private static Expr Coalesced(string column) => When(Col(column).IsNull()).Then(Lit("none")).Otherwise(Col(column));

    private string One() => _numbers[_random.Next(_numbers.Count)];

    private string Name() => $"c{++_names}";
}
