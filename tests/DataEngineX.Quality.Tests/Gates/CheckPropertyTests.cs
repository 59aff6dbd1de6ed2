using System.Globalization;
using System.Text.Json;
using Apache.Arrow.Types;
using CsCheck;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Gates;

public class CheckPropertyTests
{
    private static readonly string?[] Texts = ["a", "b", "ab", "", "ü", null];

    private static readonly double?[] Doubles = [null, double.NaN, -1.5, 0.0, 2.5, 99];

    private static readonly Gen<(long? X, string? S, double? D)> Row = Gen.Select(
        Gen.Long[0, 12].Nullable(0.2), Gen.Int[0, Texts.Length - 1], Gen.Int[0, Doubles.Length - 1], (x, s, d) => (x, Texts[s], Doubles[d]));

    private static readonly Gen<(int Kind, Gate Gate, double? Mostly, int Part)> Options =
        Gen.Select(Gen.Int[0, 63], Gen.Enum<Gate>(), Gen.Double[0, 1].Nullable(), Gen.Int[1, 9]);

    /// <summary>Each rule beside its naive twin: null when a row is not checked, else whether it holds.</summary>
    private static readonly (Func<QualityBuilder, QualityBuilder> Rule, Func<List<(long? X, string? S, double? D)>, int, bool?> Holds)[] Rules =
    [
        (q => q.NotNull("x"), (rows, i) => rows[i].X is not null),
        (q => q.Between("x", 2, 9, strictMax: true), (rows, i) => rows[i].X is { } x ? x >= 2 && x < 9 : null),
        (q => q.Between("d", -1, 50), (rows, i) => rows[i].D is { } d ? d >= -1 && d <= 50 : null),
        (q => q.InSet("s", "a", "ü"), (rows, i) => rows[i].S is { } s ? s is "a" or "ü" : null),
        (q => q.Unique("x", "s"), (rows, i) => rows[i] is (null, null, _) ? null : rows.Count(r => r.X == rows[i].X && r.S == rows[i].S) == 1),
        (q => q.Regex("s", "a").Where(Col("x") > 3), (rows, i) => rows[i].X > 3 && rows[i].S is { } s ? s.Contains('a', StringComparison.Ordinal) : null),
    ];

    [Fact]
    public void Good_and_quarantined_rows_are_the_input_in_order_and_verdicts_do_not_depend_on_batches() =>
        Gen.Select(Row.List[0, 40], Options).Sample(
            (rows, options) => Holds(rows, options).GetAwaiter().GetResult(), iter: 400, threads: 1);

    private static async Task<bool> Holds(List<(long? X, string? S, double? D)> rows, (int Kind, Gate Gate, double? Mostly, int Part) options)
    {
        var chosen = Rules.Where((_, i) => ((options.Kind >> i) & 1) != 0).DefaultIfEmpty(Rules[0]).ToArray();
        var builder = new QualityBuilder().OnFailure(options.Gate).WhenNothingToCheck(NothingToCheck.Pass);
        foreach (var (rule, _) in chosen)
        {
            rule(builder);
            if (options.Mostly is { } mostly)
                builder.Mostly(mostly);
        }

        var suite = builder.Build();
        var first = await Run(suite, rows, int.MaxValue);
        var second = await Run(suite, rows, options.Part);
        Assert.Equal(first.Verdicts.Select(Suites.Describe), second.Verdicts.Select(Suites.Describe));
        Assert.Equal(first.Stopped?.Message, second.Stopped?.Message);

        for (var r = 0; r < chosen.Length; r++)
        {
            var marks = rows.Select((_, i) => chosen[r].Holds(rows, i)).ToList();
            var verdict = second.Verdicts[r];
            var failed = marks.Count(m => m == false);
            var check = marks.Count(m => m is not null);
            Assert.Equal((check, failed), (verdict.Checked, verdict.Failed));
            Assert.Equal(Indexes(marks).Take(20), verdict.Samples.Select(s => s.Row));
            var outcome = check == 0 ? VerdictOutcome.NotEvaluated
                : (check - failed) / (double)check >= (options.Mostly ?? 1) ? VerdictOutcome.Pass : VerdictOutcome.Fail;
            Assert.Equal(outcome, verdict.Outcome);
        }

        var isBad = rows.Select((_, i) => options.Gate == Gate.Quarantine && chosen.Any(c => c.Holds(rows, i) == false)).ToList();
        foreach (var run in new[] { first, second })
        {
            Assert.Equal(rows.Where((_, i) => !isBad[i]).Select(Json), run.Output.SelectMany(RowsOf).Select(Json));
            Assert.Equal(
                rows.Where((_, i) => isBad[i]).Select(Json),
                run.Quarantine.SelectMany(Rows.Read).Select(q => Json(Parse((string)q["row"]!))));
            Assert.True(run.Rows.IsBalanced);
            run.Release();
            Assert.Equal(0, run.Allocator.HeldBytes);
        }

        return true;
    }

    private static IEnumerable<long> Indexes(List<bool?> marks) => marks.Select((m, i) => (m, i)).Where(p => p.m == false).Select(p => (long)p.i);

    private static Task<GateRun> Run(Suite suite, List<(long? X, string? S, double? D)> rows, int part)
    {
        var schema = Rows.Of(("x", Int64Type.Default, []), ("s", StringType.Default, []), ("d", DoubleType.Default, [])).Schema;
        return GateRun.RunAsync(suite, schema, allocator =>
        {
            var batch = Rows.Of(
                allocator,
                ("x", Int64Type.Default, [.. rows.Select(r => (object?)r.X)]),
                ("s", StringType.Default, [.. rows.Select(r => (object?)r.S)]),
                ("d", DoubleType.Default, [.. rows.Select(r => (object?)r.D)]));
            var parts = Rows.Split(batch, part);
            batch.Dispose();
            return parts;
        });
    }

    private static IEnumerable<(long?, string?, double?)> RowsOf(Apache.Arrow.RecordBatch batch) =>
        Rows.Read(batch).Select(r => ((long?)r["x"], (string?)r["s"], (double?)r["d"]));

    private static string Json((long? X, string? S, double? D) row) => string.Create(CultureInfo.InvariantCulture, $"{row.X}|{row.S ?? "null"}|{row.D}");

    private static (long?, string?, double?) Parse(string json)
    {
        var row = JsonDocument.Parse(json).RootElement;
        var d = row.GetProperty("d");
        return (
            row.GetProperty("x").ValueKind == JsonValueKind.Null ? null : row.GetProperty("x").GetInt64(),
            row.GetProperty("s").GetString(),
            d.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => double.NaN, _ => d.GetDouble() });
    }
}
