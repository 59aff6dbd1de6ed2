using System.Globalization;
using DataEngineX.Lakehouse.Sql;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Lakehouse.Tests.Delta;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tests.Sql;

/// <summary>Conditions as another engine understands them.</summary>
public sealed class SqlConditionTests(SqlConditionTests.Questions questions) : IClassFixture<SqlConditionTests.Questions>
{
    [Theory]
    [InlineData("i = 3")]
    [InlineData("i <> 3 and i < 7 or i >= 95")]
    [InlineData("not (i > 3)")]
    [InlineData("not not i > 3")]
    [InlineData("I between 3 and 5")]
    [InlineData("i not between 3 and 95")]
    [InlineData("i in (1, 2, 99)")]
    [InlineData("i not in (1, 2)")]
    [InlineData("i is null")]
    [InlineData("i is not null and s is null")]
    [InlineData("flag")]
    [InlineData("flag is true")]
    [InlineData("flag is not true")]
    [InlineData("flag is false")]
    [InlineData("i is distinct from 3")]
    [InlineData("i is not distinct from null")]
    [InlineData("s = 'it''s 7'")]
    [InlineData("s like 'it%7'")]
    [InlineData("s like 'it_s 1_'")]
    [InlineData("s not like '%1%'")]
    [InlineData("s ilike 'IT%7'")]
    [InlineData("s like 'it#%' escape '#'")]
    [InlineData("s > 'it''s 5'")]
    [InlineData("upper(s) = 'IT''S 8'")]
    [InlineData("length(s) = 7")]
    [InlineData("round(x) = 7")]
    [InlineData("round(x, 1) = 7.1")]
    [InlineData("null")]
    [InlineData("substring(s, 6) = '12'")]
    [InlineData("substring(s, 1, 2) = 'it' and i < 4")]
    [InlineData("s || '!' = 'it''s 4!'")]
    [InlineData("concat(s, '?') = 'it''s 4?'")]
    [InlineData("b = 5000000007")]
    [InlineData("b > 5000000090")]
    [InlineData("d > 12.5")]
    [InlineData("d = 1.25")]
    [InlineData("d >= 1.2e1")]
    [InlineData("f < 2.5")]
    [InlineData("x = 7.07")]
    [InlineData("x > 90")]
    [InlineData("x between 3.03 and 3.04")]
    [InlineData("day = date '2024-01-05'")]
    [InlineData("day >= '2024-04-01'")]
    [InlineData("day in ('2024-01-02', '2024-01-03')")]
    [InlineData("ts > timestamp '2024-01-03 00:00:00'")]
    [InlineData("ts = timestamptz '2024-01-01T05:00:00Z'", "ts = timestamp '2024-01-01T05:00:00Z'")]
    [InlineData("ts < '2024-01-01 03:00:00'")]
    [InlineData("n >= timestamp '2024-01-03 00:30:00'")]
    [InlineData("n = '2024-01-01 05:30:00.123456'")]
    [InlineData("st.a = 3")]
    [InlineData("st.b = 'b4' or st.a > 95")]
    [InlineData("st is null")]
    [InlineData("l[1] = 3", "l[0] = 3")]
    [InlineData("array_contains(l, 8)")]
    [InlineData("i + 1 = 4 and i - 1 = 2 and i * 2 = 6")]
    [InlineData("i / 2 = 1.5")]
    [InlineData("(i + 1) / 2 > 49")]
    [InlineData("10 / nullif(i - 3, 0) > 1", "10 / (i - 3) > 1")]
    [InlineData("x / 2 > 45")]
    [InlineData("i % 7 = 3")]
    [InlineData("-i < -95")]
    [InlineData("i = -(-3)")]
    [InlineData("abs(i - 50) < 3")]
    [InlineData("case when i < 3 then 'low' when i > 97 then 'high' end in ('low', 'high')")]
    [InlineData("case i when 3 then true else false end")]
    [InlineData("cast(i as varchar) = '3'", "cast(i as string) = '3'")]
    [InlineData("cast(s as varchar) = 'it''s 3'", "cast(s as string) = 'it''s 3'")]
    [InlineData("try_cast(s as int) is null")]
    [InlineData("cast('2024-01-04' as date) = day")]
    [InlineData("coalesce(i, 3) = 3")]
    [InlineData("nullif(i, 3) is null")]
    [InlineData("year(day) = 2024 and month(day) = 2 and day(day) = 3")]
    [InlineData("greatest(i, 97) > 97")]
    [InlineData("hex(bytes) = '03'", "bytes = X'03'")]
    [InlineData("i > 12345678901234567890")]
    [InlineData("x < 123456789012345678901234567890.12")]
    [InlineData("\"day\" = date '2024-01-05'", "`day` = date '2024-01-05'")]
    public async Task A_condition_keeps_the_rows_that_another_engine_keeps(string theirs, string? ours = null) =>
        Assert.Equal(questions.Expected(theirs), await questions.AnswerAsync(ours ?? theirs));

    [Theory]
    [InlineData("i >= 50", 1)]
    [InlineData("day < '2024-02-01'", 1)]
    [InlineData("ts < '2024-01-01 03:00:00'", 1)]
    [InlineData("n >= timestamp '2024-01-04 00:30:00'", 1)]
    [InlineData("d > 70.5", 1)]
    [InlineData("x > 70.5", 1)]
    [InlineData("i in (70, 71) and s is not null", 1)]
    [InlineData("i > 1000", 0)]
    [InlineData("st.a < 50", 1)]
    [InlineData("60 <= st.a", 1)]
    [InlineData("st.a = 1000", 0)]
    [InlineData("st.b = 'x'", 2)]
    public async Task Files_are_skipped_by_a_condition(string sql, int files)
    {
        var table = await questions.Catalog.OpenAsync(questions.Folder);
        var selection = await table.SelectFilesAsync(new TableScan { Predicate = SqlCondition.Parse(sql, (await table.GetSnapshotAsync()).Schema) });

        Assert.Equal((2, files), (selection!.Files, selection.Read));
    }

    [Theory]
    [InlineData("i = ", "ends too early")]
    [InlineData("i == 3 )", "')' at 7 is not expected")]
    [InlineData("(i = 3", "')' is missing at 6")]
    [InlineData("j = 3", "there is no column j; there are i, b,")]
    [InlineData("st.c = 3", "there is no field c; there are a, b")]
    [InlineData("frob(i) = 3", "the function frob is not known")]
    [InlineData("day > 'soon'", "'soon' is no date32")]
    [InlineData("day > '01/02/2024'", "'01/02/2024' is no date32")]
    [InlineData("day > DATE '01/02/2024'", "'01/02/2024' is no day such as 2024-01-31")]
    [InlineData("day > TIMESTAMP '10:00'", "'10:00' is no time such as 2024-01-31T10:00:00Z")]
    [InlineData("day > TIMESTAMP_NTZ '2024-01-01T10:00:00+02:00'", "is no time without a zone, such as 2024-01-31 10:00:00")]
    [InlineData("d > '1,5'", "'1,5' is no double")]
    [InlineData("i > 1 and (s = 3)", "'s = 3' has no meaning for utf8 and int32")]
    [InlineData("upper(i)= 'A'", "'upper(i)' has no meaning for int32")]
    [InlineData("left(s) = 'a'", "'left(s)' has no meaning for utf8")]
    [InlineData("not day or flag", "'not day' has no meaning for date32")]
    [InlineData("i between 's' and 4", "'s' is no int32")]
    [InlineData("s between 1 and 4", "'s between 1 and 4' has no meaning for utf8 and int32")]
    [InlineData("i + 1", "it is int32 where a condition is true or false")]
    [InlineData("cast(st as int) = 1", "'cast(st as int)' makes no int32 of")]
    [InlineData("i = 3 and s = 'x", "is not closed")]
    [InlineData("cast(i as money) = 3", "the type money is not known")]
    [InlineData("i ? 3", "'?' at 2 is not known")]
    [InlineData("i = 3abc", "'3abc' is no number")]
    [InlineData("i = 1.2.3", "'1.2.3' is no number")]
    [InlineData("x = 1234567890123456789012345678901234567890", "has more than 38 digits")]
    [InlineData("i not 3", "'3' at 6 is not expected")]
    public async Task What_is_not_understood_is_named(string sql, string reason)
    {
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => questions.AnswerAsync(sql));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(sql, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(', ')')]
    [InlineData('-', ' ')]
    public async Task A_text_nested_without_end_is_an_error_not_a_crash(char open, char close)
    {
        var sql = $"{string.Join(' ', new string(open, 100_000).ToCharArray())} i {new string(close, 100_000)} > 0";
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => questions.AnswerAsync(sql));

        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A table of a hundred rows in two files, in which every third row or so has nulls.</summary>
    public sealed class Questions : IDisposable
    {
        private const string Select = """
            select case when r % 11 = 10 then null else r end::int as i, 5000000000 + r as b, (r * 1.25)::double as d, (r + 0.5)::float as f, (r * 1.01)::decimal(10, 2) as x,
              case when r % 3 = 2 then null else 'it''s ' || r end as s, date '2024-01-01' + r::int as day, timestamptz '2024-01-01 00:00:00Z' + r * interval 1 hour as ts,
              timestamp '2024-01-01 00:30:00.123456' + r * interval 1 hour as n, case when r % 4 = 3 then null else r % 2 = 0 end as flag,
              case when r % 5 = 4 then null else {'a': r::int, 'b': 'b' || r} end as st, [r::int, (r * 2)::int] as l, ('\x0' || (r % 4))::blob as bytes, r::int as row
            from range(FROM, TO) as t(r)
            """;

        private readonly HandTable _table = new();

        public Questions()
        {
            _table.Parquet("a.parquet", Rows(0, 50)).Parquet("b.parquet", Rows(50, 100))
                .Entry(0, HandTable.Protocol("timestampNtz"), HandTable.Metadata(
                [
                    HandTable.Field("i", "integer"), HandTable.Field("b", "long"), HandTable.Field("d", "double"), HandTable.Field("f", "float"),
                    HandTable.Field("x", "decimal(10,2)"), HandTable.Field("s", "string"), HandTable.Field("day", "date"), HandTable.Field("ts", "timestamp"),
                    HandTable.Field("n", "timestamp_ntz"), HandTable.Field("flag", "boolean"),
                    HandTable.Field("st", $"{{\"type\":\"struct\",\"fields\":[{HandTable.Field("a", "integer")},{HandTable.Field("b", "string")}]}}"),
                    HandTable.Field("l", "{\"type\":\"array\",\"elementType\":\"integer\",\"containsNull\":true}"), HandTable.Field("bytes", "binary"), HandTable.Field("row", "integer"),
                ]), HandTable.Add("a.parquet", stats: Stats(0, 49)), HandTable.Add("b.parquet", stats: Stats(50, 99)));
        }

        public DeltaFolderCatalog Catalog { get; } = new();

        public string Folder => _table["."];

        public void Dispose() => _table.Dispose();

        public List<string> Expected(string sql) =>
            OutsideReader.Run($"set timezone = 'UTC'; select row::varchar from read_parquet(['{_table["a.parquet"]}', '{_table["b.parquet"]}']) where {sql} order by row");

        public async Task<List<string>> AnswerAsync(string sql)
        {
            var table = await Catalog.OpenAsync(Folder);
            var flow = Flow.From(new TableSource(table.Id)).Where(SqlCondition.Parse(sql, (await table.GetSnapshotAsync()).Schema)).Select(Expressions.Columns.Col("row").As("row"));
            return await Tests.Rows.Of(Catalog.Reader.ReadAsync(flow));
        }

        private static string Rows(int from, int to) =>
            Select.Replace("FROM", from.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("TO", to.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        private static string Stats(int low, int high)
        {
            var (day, time) = (new DateTime(2024, 1, 1).AddDays(low), new DateTime(2024, 1, 1).AddHours(low));
            var (lastDay, lastTime) = (new DateTime(2024, 1, 1).AddDays(high), new DateTime(2024, 1, 1).AddHours(high));
            return $"{{\"numRecords\":50,\"minValues\":{Bounds(low, day, time)},\"maxValues\":{Bounds(high, lastDay, lastTime)},\"nullCount\":{{\"s\":16}}}}";
        }

        private static string Bounds(int row, DateTime day, DateTime time) => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"i\":{row},\"st\":{{\"a\":{row}}},\"d\":{row * 1.25},\"x\":{row * 1.01:F2},\"day\":\"{day:yyyy-MM-dd}\",\"ts\":\"{time:yyyy-MM-ddTHH:mm:ss.fff}Z\",\"n\":\"{time:yyyy-MM-ddTHH}:30:00.123\"}}");
    }
}
