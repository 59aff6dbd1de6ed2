using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Differential.Tests;

internal sealed partial class RandomPlan
{
    private sealed record Aggregated(Aggregate Aggregate, string Sql, RandomColumn Column);

    private void Group() => Group(Draw);

    /// <summary>First and last are known where all rows are in order.</summary>
    private void GroupInOrder()
    {
        KeepPlain();
        var keys = Order(Columns);
        Flow = Flow.OrderBy(keys);
        Group(c =>
        {
            var order = $"({c.Name} ORDER BY {SqlOrder(keys)}) FILTER (WHERE {c.Name} IS NOT NULL)";
            return _random.Next(2) == 0 ? Of(Aggregate.First(Col(c.Name)), "first" + order, c.Kind) : Of(Aggregate.Last(Col(c.Name)), "last" + order, c.Kind);
        });
    }

    private void Group(Func<RandomColumn, Aggregated> draw)
    {
        var keys = Some(3).Select(k => (Term: _random.Next(4) == 0 ? Expressions.Value(1) : new Term(Col(k.Name), k.Name, k.Kind), Name: NewName()))
            .Where(k => !k.Term.Kind.IsNested).ToList();
        List<Aggregated> aggregates = [new(Aggregate.Count(), "count(*)", new RandomColumn(NewName(), ColumnKind.Long))];
        aggregates.AddRange(Columns.Where(_ => _random.Next(2) == 0).Select(draw));
        Flow = Flow.GroupBy([.. keys.Select(k => k.Term.Expr.As(k.Name))]).Aggregate([.. aggregates.Select(a => a.Aggregate.As(a.Column.Name))]);
        var list = keys.Select(k => $"{k.Term.Sql} AS {k.Name}").Concat(aggregates.Select(a => $"{a.Sql} AS {a.Column.Name}"));
        Sql = $"SELECT {string.Join(", ", list)} FROM ({Sql}){(keys.Count == 0 ? "" : " GROUP BY " + string.Join(", ", keys.Select(k => k.Term.Sql)))}";
        Columns = [.. keys.Select(k => new RandomColumn(k.Name, k.Term.Kind)), .. aggregates.Select(a => a.Column)];
        Blur(aggregates.Where(a => a.Column.Kind == ColumnKind.Double).Select(a => a.Column));
    }

    private Aggregated Draw(RandomColumn c) => _random.Next(6) switch
    {
        0 when !c.Kind.IsNested => Of(Aggregate.CountDistinct(Col(c.Name)), $"count(DISTINCT {c.Name})", ColumnKind.Long),
        1 when !c.Kind.IsNested && c.Kind != ColumnKind.Binary => Of(Aggregate.Min(Col(c.Name)), $"min({c.Name})", c.Kind),
        2 when !c.Kind.IsNested && c.Kind != ColumnKind.Binary => Of(Aggregate.Max(Col(c.Name)), $"max({c.Name})", c.Kind),
        3 or 4 or 5 when c.Kind.IsNumber => DrawNumber(c),
        3 when c.Kind == ColumnKind.Flag => Of(Aggregate.Any(Col(c.Name)), $"bool_or({c.Name})", ColumnKind.Flag),
        4 when c.Kind == ColumnKind.Flag => Of(Aggregate.All(Col(c.Name)), $"bool_and({c.Name})", ColumnKind.Flag),
        _ => Of(Aggregate.Count(Col(c.Name)), $"count({c.Name})", ColumnKind.Long),
    };

    /// <summary>Sums must fit and deviations must be finite: see <see cref="KnownDifferences"/>.</summary>
    private Aggregated DrawNumber(RandomColumn c)
    {
        var (x, s) = Finite(c);
        switch (_random.Next(11))
        {
            case 0 when c.Kind.IsReal:
                return Of(Aggregate.Sum(Col(c.Name)), $"sum({c.Name}::DOUBLE)", ColumnKind.Double);
            case 0:
                return Of(Aggregate.Sum(x), $"sum({s})", c.Kind.IsUnsigned ? ColumnKind.UnsignedLong : c.Kind.IsWhole ? ColumnKind.Long : ColumnKind.Decimal);
            case 1 when c.Kind.IsReal:
                return Of(Aggregate.Mean(Col(c.Name)), $"avg({c.Name}::DOUBLE)", ColumnKind.Double);
            case 1:
                return Of(Aggregate.Mean(x), $"avg({s}::DOUBLE)", ColumnKind.Double);
            case 2:
                return Of(Aggregate.Median(x), $"median({s}::DOUBLE)", ColumnKind.Double);
            case 3:
                return Of(Aggregate.Quantile(x, 0.3), $"quantile_cont({s}::DOUBLE, 0.3)", ColumnKind.Double);
            case 4:
                return Of(Aggregate.Variance(x), $"var_samp({s}::DOUBLE)", ColumnKind.Double);
            case 5:
                return Of(Aggregate.VariancePopulation(x), $"var_pop({s}::DOUBLE)", ColumnKind.Double);
            case 6:
                return Of(Aggregate.StandardDeviation(x), $"stddev_samp({s}::DOUBLE)", ColumnKind.Double);
            case 7:
                return Of(Aggregate.StandardDeviationPopulation(x), $"stddev_pop({s}::DOUBLE)", ColumnKind.Double);
            case 8 when c.Kind == ColumnKind.Integer:
                return Of(Aggregate.Largest(Col(c.Name), 3), $"max({c.Name}, 3)", ColumnKind.List);
            case 9 when c.Kind == ColumnKind.Integer:
                return Of(Aggregate.Smallest(Col(c.Name), 2), $"min({c.Name}, 2)", ColumnKind.List);
            default:
                var others = Columns.Where(o => o.Kind.IsNumber).ToList();
                var (y, t) = Finite(others[_random.Next(others.Count)]);
                return Of(Aggregate.Correlation(x, y), $"(CASE WHEN isnan(corr({s}::DOUBLE, {t}::DOUBLE)) THEN NULL ELSE corr({s}::DOUBLE, {t}::DOUBLE) END)", ColumnKind.Double);
        }
    }

    /// <summary>The numbers of a column near zero, and none that is infinite or NaN.</summary>
    private static (Expr Expr, string Sql) Finite(RandomColumn c) => c.Kind.IsReal
        ? (If(Col(c.Name).IsFinite(), Col(c.Name), Lit(null)), $"(CASE WHEN isfinite({c.Name}) THEN {c.Name} END)")
        : (Col(c.Name) % 1000, $"({c.Name} % 1000)");

    private Aggregated Of(Aggregate aggregate, string sql, ColumnKind kind) => new(aggregate, sql, new RandomColumn(NewName(), kind));
}
