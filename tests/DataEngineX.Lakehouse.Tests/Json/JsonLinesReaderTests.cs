using System.Text;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Tests.Json;

public sealed class JsonLinesReaderTests
{
    private static readonly Schema Order = new(
        [
            new Field("id", Int64Type.Default, false),
            new Field("placed_at", ArrowTypes.TimestampUtc, true),
            new Field("total", new Decimal128Type(9, 2), true),
            new Field("paid", BooleanType.Default, true),
            new Field("address", new StructType([new Field("city", StringType.Default, false), new Field("zip", Int32Type.Default, true)]), true),
            new Field("tags", new ListType(new Field("item", StringType.Default, true)), true),
        ],
        null);

    [Fact]
    public async Task Values_of_all_kinds_land_in_columns_whatever_the_order_of_members()
    {
        const string Text = """
            {"id":1,"placedAt":"2024-05-06T07:08:09Z","total":12.50,"paid":true,"address":{"city":"Z\u00fcrich","zip":8001},"tags":["a","b\n",null]}

            {"tags":[],"address":null,"total":"3.10","extra":{"x":[1,2]},"id":2}
              {"id":-3,"address":{"city":""},"tags":null,"paid":false}
            """;
        Assert.Equal(
            [
                """{"id":1,"placed_at":1714979289000000,"total":"12.50","paid":true,"address":{"city":"Zürich","zip":8001},"tags":["a","b\n",null]}""",
                """{"id":2,"placed_at":null,"total":"3.10","paid":null,"address":null,"tags":[]}""",
                """{"id":-3,"placed_at":null,"total":null,"paid":false,"address":{"city":"","zip":null},"tags":null}""",
            ],
            (await Read(Text, Order)).Rows);
    }

    [Fact]
    public async Task Lines_that_do_not_fit_are_set_aside_with_path_value_and_rule_while_the_others_go_on()
    {
        const string Text = "{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":2,\"address\":{\"zip\":1}}\n{\"id\":3,\"address\":{\"city\":\"A\",\"zip\":3.5}}\r\n"
            + "{\"id\":4,\"tags\":[\"a\",{\"b\":1}]}\n{\"id\":5\n[1]\n{\"id\":6,\"id\":7}\n{}\n{\"id\":8} x\n{\"id\":9,\"tags\":[\"\\ud800\"]}\nnull\n{\"id\":10,\"total\":1.005}\n{\"id\":11}\n";
        var (rows, rejects) = await Read(Text, Order);
        Assert.Equal(["1", "11"], rows.Select(r => JsonNode.Parse(r)!["id"]!.ToJsonString()));
        Assert.Equal(
            [
                "2 id \"x\" type:int64", "3 address.city  not-null", "4 address.zip 3.5 type:int32", "5 tags[1] {\"b\":1} type:utf8", "6   json", "7   json",
                "8   json", "9 id  not-null", "10   json", "11   json", "12   json", "13 total 1.005 type:decimal(9,2)",
            ],
            rejects.Select(r => $"{r.Line} {r.Column} {r.Value} {r.Rule}"));
        Assert.Equal("{\"id\":3,\"address\":{\"city\":\"A\",\"zip\":3.5}}", rejects[2].Text);
        Assert.All(rejects, r => Assert.Equal("f.jsonl", r.File));
        Assert.Contains("byte 37", rejects[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_columns_take_any_value_when_asked()
    {
        var schema = new Schema([new Field("a", StringType.Default, true)], null);
        var (rows, _) = await Read("{\"a\":1.50}\n{\"a\":{\"b\": [1]}}\n{\"a\":\"x\"}\n{\"a\":true}\n", schema, o => o with { AnyValueAsText = true });
        Assert.Equal(["{\"a\":\"1.50\"}", "{\"a\":\"{\\u0022b\\u0022: [1]}\"}", "{\"a\":\"x\"}", "{\"a\":\"true\"}"], rows);
    }

    [Theory]
    [InlineData("", "empty", null)]
    [InlineData("\n\n", "empty", null)]
    [InlineData("{\"a\":1}\n{\"a\":", "cut off", 2L)]
    [InlineData("{\"a\":1}\n{\"a\":\0}\n", "NUL", 2L)]
    public async Task A_file_that_is_worthless_as_a_whole_is_refused(string text, string reason, long? line)
    {
        var error = await Assert.ThrowsAsync<SourceRefusedException>(() => Read(text, Order));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public async Task A_column_without_json_form_is_refused_by_name()
    {
        var schema = new Schema([new Field("wait", DurationType.Microsecond, true)], null);
        Assert.Contains("'wait'", (await Assert.ThrowsAsync<ArgumentException>(() => Read("{}\n", schema))).Message, StringComparison.Ordinal);
        Assert.Equal("wait", Assert.Throws<PlanException>(() => new Lakehouse.Sources.JsonFileSource("x.jsonl", schema)).Column);
    }

    [Fact]
    public void Chunk_and_batch_sizes_do_not_show_and_all_memory_comes_back() => Check.Sample(
        Gen.Select(OneOf.Values("{\"id\":1,\"tags\":[\"é\",\"\"]}", "{\"id\":2}", "", "{bad", "{\"id\":null}", "{\"id\":3,\"address\":{\"city\":\"x\",\"zip\":1}}", "[]").Array[1, 30], Gen.Int[1, 200], Gen.Int[1, 5], Gen.Bool),
        (lines, chunk, batch, crlf) =>
        {
            var text = string.Concat(lines.Select(l => l + (crlf ? "\r\n" : "\n")));
            if (lines.All(l => l.Length == 0))
                return;
            var expected = Read(text, Order, o => o with { OriginColumns = true }).GetAwaiter().GetResult();
            var actual = Read(text, Order, o => o with { OriginColumns = true, ChunkBytes = chunk, BatchRows = batch, CheckFirst = chunk % 2 == 0 }).GetAwaiter().GetResult();
            Assert.Equal(expected.Rows, actual.Rows);
            Assert.Equal(expected.Rejects, actual.Rejects);
        },
        iter: 500);

    [Fact]
    public void Random_and_damaged_lines_are_read_or_set_aside_or_refused() => Fuzz(2000);

    [Fact]
    [Trait("Category", "Soak")]
    public void Many_random_and_damaged_lines_are_read_or_set_aside_or_refused() => Fuzz(SoakSettings.Count);

    private static void Fuzz(int count) => Check.Sample(
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 1_000_000], Gen.Int[1, 64]),
        (random, seed, chunk) =>
        {
            var dice = new Random(seed);
            var valid = Encoding.UTF8.GetBytes("{\"id\":1,\"address\":{\"city\":\"Z\\u00fcrich\",\"zip\":8001},\"tags\":[\"a\",null],\"total\":1.5}\n{\"id\":2,\"placed_at\":\"2024-01-01\"}\n");
            for (var i = dice.Next(6); i > 0; i--)
                valid[dice.Next(valid.Length)] = (byte)dice.Next(256);
            foreach (var bytes in new[] { random, valid })
            {
                try
                {
                    Read(bytes, Order, o => o with { ChunkBytes = chunk, MaxLineBytes = 250 }).GetAwaiter().GetResult();
                }
                catch (SourceRefusedException e)
                {
                    Assert.Equal("f.jsonl", e.SourceName);
                }
            }
        },
        iter: count);

    [Fact]
    public async Task Columns_that_are_not_declared_are_sniffed_with_a_report()
    {
        const string Text = """
            {"id":1,"at":"2024-01-01","price":1,"where":{"lat":1.5,"name":"x"},"tags":["a"],"mixed":1}
            {"id":2,"at":"2024-01-02T03:04:05","price":2.5,"where":{"lat":2,"name":null},"tags":[],"mixed":"b","late":true}
            not json
            {"id":3,"at":null,"price":null,"empty":null}
            """;
        var report = await JsonSniffer.SniffAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), "f.jsonl");
        Assert.Equal(
            ["id int64", "at timestamp[us]", "price double", "where struct<lat: double, name: utf8>", "tags list<utf8>", "mixed utf8", "late bool", "empty utf8"],
            report.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}"));
        Assert.Equal((3, 1, true, true), (report.Objects, report.BadLines, report.IsWholeFile, report.Options.AnyValueAsText));
        var price = report.Columns.Single(c => c.Name == "price");
        Assert.Equal((2L, 1L, 2L, "2.5"), (price.Values, price.Nulls, price.Line, price.Text));
        Assert.Contains("where.lat: double, 2 values, 0 null", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("only text takes them all", report.ToString(), StringComparison.Ordinal);

        await using var reader = await JsonLinesReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), "f.jsonl", report.Options with { CheckFirst = false });
        var rejects = 0;
        long rows = 0;
        await foreach (var batch in reader.ReadAsync(onReject: _ => rejects++))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        Assert.Equal((3, 1), (rows, rejects));
    }

    private static Task<(List<string> Rows, List<LineReject> Rejects)> Read(string text, Schema schema, Func<JsonReadOptions, JsonReadOptions>? change = null) =>
        Read(Encoding.UTF8.GetBytes(text), schema, change);

    private static async Task<(List<string> Rows, List<LineReject> Rejects)> Read(byte[] bytes, Schema schema, Func<JsonReadOptions, JsonReadOptions>? change = null)
    {
        using var memory = new CountingAllocator();
        var options = new JsonReadOptions { Schema = schema };
        var rejects = new List<LineReject>();
        var rows = new List<string>();
        await using var reader = await JsonLinesReader.OpenAsync(new MemoryStream(bytes), "f.jsonl", change?.Invoke(options) ?? options);
        await foreach (var batch in reader.ReadAsync(memory, rejects.Add))
        {
            using (batch)
                rows.AddRange(Enumerable.Range(0, batch.Length).Select(row => JsonRows.Of(batch, row)));
        }

        return (rows, rejects);
    }
}
