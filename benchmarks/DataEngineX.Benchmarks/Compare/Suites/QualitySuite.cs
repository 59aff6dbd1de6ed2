using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using DataEngineX.Quality;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>
/// Forty rules over ten columns of a Parquet file, beside the same numbers as one query of DuckDB, and beside the scan of that file alone.
/// </summary>
internal sealed class QualitySuite(CompareOptions options) : CompareSuite("quality", options)
{
    private readonly DuckDb _duckDb = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        var table = new ReadingsTable(Options.Rows);
        var file = DataFiles.Parquet(table);
        var flow = Flow.From(new ParquetFileSource(file));
        var rules = Rules(table.Rows);
        var suite = new Suite([.. rules.Select(r => r.Rule)]);
        if (Wants("rules"))
        {
            var numbers = string.Join(",\n", rules.Select(r => $"({r.Sql})::DOUBLE"));
            yield return new CompareTask(
                "rules",
                "40 rules over 10 columns",
                table.Rows,
                [
                    _duckDb.Query($"SELECT unnest(range(40))::BIGINT AS rule, unnest([{numbers}]) AS value FROM read_parquet('{file}')"),
                    new QualityEntry(flow, suite, Options.Threads),
                ]);
        }

        if (Wants("scan"))
        {
            yield return new CompareTask(
                "scan",
                "the same file read and let go; DuckDB counts every column",
                table.Rows,
                [
                    _duckDb.Query($"SELECT greatest({string.Join(", ", ReadingsTable.Columns.FieldsList.Select(f => $"count(\"{f.Name}\")"))}) AS rows FROM read_parquet('{file}')"),
                    new QualityEntry(flow, null, Options.Threads),
                ]);
        }
    }

    public override void Dispose() => _duckDb.Dispose();

    /// <summary>Each rule and the number it observes or the rows that violate it, in SQL.</summary>
    private static List<(SuiteRule Rule, string Sql)> Rules(long rows)
    {
        var list = new List<(Rule Rule, string Sql)>();
        foreach (var column in (string[])["id", "device", "station", "temp_c", "count", "note"])
            list.Add((new NotNullRule(column), $"count(*) - count(\"{column}\")"));
        foreach (var (column, low, high) in ((string, double, double)[])[("temp_c", -10, 35), ("humidity", 25, 95), ("pressure", 985, 1025), ("rain", 0, 90), ("count", 10, 900_000), ("id", 5, rows - 5)])
            list.Add((new BetweenRule(column, low, high), $"count(*) FILTER (\"{column}\" < {low} OR \"{column}\" > {high})"));
        list.Add((new InSetRule("humidity", Enumerable.Range(20, 40).Cast<object>()), "count(*) FILTER (humidity NOT BETWEEN 20 AND 59)"));
        list.Add((new InSetRule("station", ["Abha", "Hamburg", "Oslo"], negated: true), "count(*) FILTER (station IN ('Abha', 'Hamburg', 'Oslo'))"));
        list.Add((new RegexRule("note", "^Note [0-9a-f]{8} by [a-m]$"), "count(*) FILTER (NOT regexp_matches(note, '^Note [0-9a-f]{8} by [a-m]$'))"));
        list.Add((new LikeRule("device", ["%1%"]), "count(*) FILTER (device NOT LIKE '%1%')"));
        list.Add((new LikeRule("station", ["B%"], negated: true), "count(*) FILTER (station LIKE 'B%')"));
        list.Add((new LengthRule("note", 19, 40), "count(*) FILTER (length(note) NOT BETWEEN 19 AND 40)"));
        list.Add((new LengthRule("station", 5, 10), "count(*) FILTER (length(station) NOT BETWEEN 5 AND 10)"));
        list.Add((new UniqueRule("id"), "count(id) - count(DISTINCT id)"));
        foreach (var (aggregate, column, sql) in ((ColumnAggregate, string, string)[])
            [
                (ColumnAggregate.Min, "temp_c", "min(temp_c)"), (ColumnAggregate.Max, "temp_c", "max(temp_c)"), (ColumnAggregate.Mean, "temp_c", "avg(temp_c)"),
                (ColumnAggregate.StandardDeviation, "temp_c", "stddev_samp(temp_c)"), (ColumnAggregate.Min, "humidity", "min(humidity)"),
                (ColumnAggregate.Max, "humidity", "max(humidity)"), (ColumnAggregate.Sum, "count", "sum(\"count\")"), (ColumnAggregate.Mean, "pressure", "avg(pressure)"),
                (ColumnAggregate.StandardDeviation, "rain", "stddev_samp(rain)"), (ColumnAggregate.Median, "pressure", "median(pressure)"),
                (ColumnAggregate.DistinctCount, "station", "count(DISTINCT station)"), (ColumnAggregate.DistinctShare, "humidity", "count(DISTINCT humidity) / count(humidity)"),
                (ColumnAggregate.DistinctCount, "device", "count(DISTINCT device)"), (ColumnAggregate.Max, "rain", "max(rain)"),
            ])
            list.Add((new AggregateRule(column, aggregate, null, null), sql));
        list.Add((new CompletenessRule(["temp_c", "count"], 0), "count(*) FILTER (temp_c IS NOT NULL AND \"count\" IS NOT NULL) / count(*)"));
        list.Add((new CorrelationRule("temp_c", "pressure", null, null), "corr(temp_c, pressure)"));
        list.Add((new PairRule("pressure", PairComparison.Greater, "rain"), "count(*) FILTER (NOT (pressure > rain))"));
        list.Add((new SatisfiesRule(Col("rain") < 50 | Col("humidity") > 30), "count(*) FILTER (NOT (rain < 50 OR humidity > 30))"));
        list.Add((new RowCountRule(null, null), "count(*)"));
        var entries = list.Select(r => (new SuiteRule(r.Rule), r.Sql)).ToList();
        entries.Add((new SuiteRule(new BetweenRule("temp_c", 0, 30)) { Where = Col("humidity") > 50 }, "count(*) FILTER (humidity > 50 AND (temp_c < 0 OR temp_c > 30))"));
        return entries;
    }
}
