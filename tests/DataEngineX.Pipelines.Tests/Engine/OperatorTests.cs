using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

public sealed class OperatorTests
{
    private static readonly Reading[] Readings =
    [
        new("a", new(2015, 1, 1), 50, 1), new("b", new(2015, 1, 1), null, 2), new("a", new(2015, 1, 2), 68, 3), new(null, new(2015, 1, 2), 32, 4),
        new("b", new(2015, 1, 3), 86, 5), new("a", new(2015, 1, 3), 41, 6), new("c", new(2015, 1, 1), 41, 7),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_keeps_rows_for_which_the_condition_is_true_and_drops_null()
    {
        var rows = await EngineFixture.Reader().ToListAsync(EngineFixture.Rows(Readings).Where(r => r.TempF > 41), Cancel);
        Assert.Equal([1, 3, 5], rows.Select(r => r.Count));
    }

    [Fact]
    public async Task Select_computes_new_rows()
    {
        var rows = await EngineFixture.Reader().ToListAsync(
            EngineFixture.Rows(Readings).Where(r => r.Station == "a").Select(r => new { r.Station, C = (r.TempF - 32) * 5 / 9, Year = r.Day.Year }), Cancel);
        Assert.Equal([10.0, 20.0, 5.0], rows.Select(r => r.C!.Value));
        Assert.All(rows, r => Assert.Equal(2015, r.Year));
    }

    [Fact]
    public async Task Group_by_folds_groups_with_null_as_a_group()
    {
        var flow = EngineFixture.Rows(Readings).GroupBy(r => r.Station)
            .Aggregate(g => new { Station = g.Key, Rows = g.Count(), Max = g.Max(r => r.TempF), Mean = g.Mean(r => r.TempF), Total = g.Sum(r => r.Count) });
        var rows = (await EngineFixture.Reader().ToListAsync(flow, Cancel)).OrderBy(r => r.Station, StringComparer.Ordinal).ToList();
        Assert.Equal([null, "a", "b", "c"], rows.Select(r => r.Station));
        Assert.Equal([1L, 3L, 2L, 1L], rows.Select(r => r.Rows));
        Assert.Equal([32.0, 68.0, 86.0, 41.0], rows.Select(r => r.Max!.Value));
        Assert.Equal([32.0, 53.0, 86.0, 41.0], rows.Select(r => r.Mean));
        Assert.Equal([4, 10, 7, 7], rows.Select(r => r.Total));
    }

    [Fact]
    public async Task Aggregates_may_be_combined_in_the_result_row()
    {
        var flow = EngineFixture.Rows(Readings).GroupBy(r => new { r.Station, Month = r.Day.Month })
            .Aggregate(g => new { Name = g.Key.Station, Range = g.Max(r => r.Count) - g.Min(r => r.Count), g.Key.Month });
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal([0, 0, 3, 5], rows.Select(r => r.Range).Order());
        Assert.All(rows, r => Assert.Equal(1, r.Month));
    }

    [Fact]
    public async Task A_global_aggregate_of_no_rows_is_one_row()
    {
        var flow = EngineFixture.Rows(Readings).Where(r => r.Count > 99).As<Reading>();
        var rows = await Collect(((Flow)flow).GroupBy().Aggregate(Aggregate.Count(), Aggregate.Max(Col("temp_f"))));
        Assert.Equal(["0|"], rows);
    }

    [Fact]
    public async Task Inner_join_pairs_rows_with_equal_keys_and_null_matches_nothing()
    {
        var names = EngineFixture.Rows(new { Code = (string?)"a", Name = "Alpha" }, new { Code = (string?)"b", Name = "Beta" }, new { Code = (string?)"b", Name = "Bis" }, new { Code = (string?)null, Name = "None" });
        var flow = EngineFixture.Rows(Readings).Join(names, l => l.Station, r => r.Code, (l, r) => new { l.Count, r.Name });
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal(["1Alpha", "2Beta", "2Bis", "3Alpha", "5Beta", "5Bis", "6Alpha"], rows.Select(r => r.Count + r.Name));
    }

    [Fact]
    public async Task Left_join_keeps_all_left_rows()
    {
        var names = EngineFixture.Rows(new { Code = (string?)"a", Name = (string?)"Alpha" });
        var flow = EngineFixture.Rows(Readings).LeftJoin(names, l => l.Station, r => r.Code, (l, r) => new { l.Count, r.Name });
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal(["1Alpha", "2", "3Alpha", "4", "5", "6Alpha", "7"], rows.Select(r => r.Count + r.Name));
    }

    [Theory]
    [InlineData(JoinKind.Semi, "1,3,6")]
    [InlineData(JoinKind.Anti, "2,4,5,7")]
    public async Task Semi_and_anti_joins_keep_left_rows_by_whether_they_have_a_partner(JoinKind kind, string expected)
    {
        var names = EngineFixture.Rows(new { Station = (string?)"a", Name = "x" }, new { Station = (string?)"a", Name = "y" });
        var rows = await EngineFixture.Reader().ToListAsync(((Flow)EngineFixture.Rows(Readings)).Join(names, ["station"], kind).As<Reading>(), Cancel);
        Assert.Equal(expected, string.Join(',', rows.Select(r => r.Count)));
    }

    [Fact]
    public async Task Untyped_join_suffixes_right_columns_that_the_left_side_has_too()
    {
        var right = EngineFixture.Rows(new { Station = (string?)"c", Count = 70 });
        var rows = await Collect(((Flow)EngineFixture.Rows(Readings)).Join(right, ["station"]).Select("count", "count_right"));
        Assert.Equal(["7|70"], rows);
    }

    [Fact]
    public async Task Sort_is_stable_with_nulls_last()
    {
        var rows = await EngineFixture.Reader().ToListAsync(EngineFixture.Rows(Readings).OrderBy(r => r.TempF), Cancel);
        Assert.Equal([4, 6, 7, 1, 3, 5, 2], rows.Select(r => r.Count));
        rows = await EngineFixture.Reader().ToListAsync(EngineFixture.Rows(Readings).OrderByDescending(r => new { r.Station }), Cancel);
        Assert.Equal([7, 2, 5, 1, 3, 6, 4], rows.Select(r => r.Count));
    }

    [Fact]
    public async Task Union_matches_columns_by_name_and_fills_missing_ones_with_null()
    {
        var other = EngineFixture.Rows(new { Count = 9, Extra = "x" });
        var rows = await Collect(((Flow)EngineFixture.Rows(Readings)).Take(1).Select("count").Union(other));
        Assert.Equal(["1|", "9|x"], rows);
    }

    [Fact]
    public async Task Distinct_keeps_the_first_row_of_each_key_across_batches()
    {
        var rows = await EngineFixture.Reader(2).ToListAsync(EngineFixture.Rows(Readings).DistinctBy(r => r.Station), Cancel);
        Assert.Equal([1, 2, 4, 7], rows.Select(r => r.Count).Order());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "1,2")]
    [InlineData(4, "1,2,3,4")]
    [InlineData(99, "1,2,3,4,5,6,7")]
    public async Task Take_stops_early(long count, string expected)
    {
        var rows = await EngineFixture.Reader(3).ToListAsync(EngineFixture.Rows(Readings).Take(count), Cancel);
        Assert.Equal(expected, string.Join(',', rows.Select(r => r.Count)));
    }

    [Fact]
    public async Task Window_computes_lags_and_rolling_means_by_partition_in_order()
    {
        var flow = EngineFixture.Rows(Readings).Where(r => r.Station != null)
            .Window(r => r.Station, r => r.Day, (r, w) => new { r.Station, r.Count, Before = (int?)w.Lag(r.Count, 1), Mean = (double?)w.RollingMean(r.Count, 2), N = w.RowNumber() });
        var rows = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal(["1||", "3|1|2", "6|3|4.5", "2||", "5|2|3.5", "7||"], rows.Select(r => FormattableString.Invariant($"{r.Count}|{r.Before}|{r.Mean}")));
        Assert.Equal([1L, 2, 3, 1, 2, 1], rows.Select(r => r.N));
    }

    [Fact]
    public async Task Window_calls_may_be_nested()
    {
        var rows = EngineFixture.Rows(Enumerable.Range(1, 6).Select(i => new { Key = "k", I = i }).ToArray());
        var flow = rows.Window(r => r.Key, r => r.I, (r, w) => new { r.I, X = (double?)w.Lag(w.RollingMean(r.I, 2, 1), 2) });
        var result = await EngineFixture.Reader().ToListAsync(flow, Cancel);
        Assert.Equal([null, null, 1.0, 1.5, 2.5, 3.5], result.Select(r => r.X));
    }

    private static async Task<List<string>> Collect(Flow flow)
    {
        var lines = new List<string>();
        await foreach (var batch in EngineFixture.Reader().ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    lines.Add(string.Join('|', Enumerable.Range(0, batch.ColumnCount).Select(c => Text(batch.Column(c), row))));
            }
        }

        return lines;
    }

    private static string Text(Apache.Arrow.IArrowArray array, int row) => array.IsNull(row) ? "" : array switch
    {
        Apache.Arrow.Int32Array a => a.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        Apache.Arrow.Int64Array a => a.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        Apache.Arrow.DoubleArray a => a.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        Apache.Arrow.StringArray a => a.GetString(row),
        _ => "?",
    };
}
