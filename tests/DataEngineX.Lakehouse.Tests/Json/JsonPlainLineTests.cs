using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Tests.Json;

/// <summary>Lines without blanks and escapes are read on a way of their own, which must not be seen: a blank before the last brace leads off it.</summary>
public sealed class JsonPlainLineTests
{
    private static readonly Schema Columns = new(
        [
            new Field("id", Int64Type.Default, false),
            new Field("name", StringType.Default, true),
            new Field("price", DoubleType.Default, true),
            new Field("paid", BooleanType.Default, true),
            new Field("day", Date32Type.Default, true),
        ],
        null);

    private static readonly string[] Names =
        ["\"\"", "\"a\"", "\"Zürich and other long names of towns\"", "\"fifteen letters\"", "\"sixteen letters!\"", "\"quote \\\" inside\"", "\"tab\tinside\"", "null", "5"];

    private static readonly string[] Prices =
        ["0", "-0", "1", "-12.25", "123456789.123456", "1e3", "01", "1.", "-", ".5", "+1", "null", "\"1\"", "nul", "1 "];

    private static readonly string[] Truths = ["true", "false", "null", "tru", "True"];
    private static readonly string[] Days = ["\"2024-02-29\"", "\"2023-02-29\"", "null", "20240101", "\"2024-01-01"];
    private static readonly string[] Others = ["", ",\"other\":\"x\"", ",\"other\":[1]", ",\"id\":3", ",\"other\":tru", ",", ",\"other\":-1.5"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Plain_lines_give_the_values_and_the_faults_that_lines_with_blanks_give(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 3000).Select(i => Line(random, i)).ToArray();
        var plain = await ReadAsync(string.Join('\n', lines) + "\n");
        var spaced = await ReadAsync(string.Concat(lines.Select(l => l[..^1] + " }\n")));
        Assert.Equal(spaced, plain);
        Assert.Contains(plain, r => r.StartsWith("reject", StringComparison.Ordinal));
        Assert.True(plain.Count(r => !r.StartsWith("reject", StringComparison.Ordinal)) > 1000);
    }

    // Most lines are plain, so that the plain way stays open.
    private static string Line(Random random, int id)
    {
        var odd = random.Next(20) == 0;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"id\":{id},\"name\":{Pick(Names, 5)},\"skipped\":{Pick(Names, 5)}");
        text.Append(CultureInfo.InvariantCulture, $",\"price\":{Pick(Prices, 5)},\"paid\":{Pick(Truths, 3)},\"day\":{Pick(Days, 1)}");
        return text.Append(odd ? Others[random.Next(Others.Length)] : "").Append('}').ToString();

        string Pick(string[] values, int plain) => values[random.Next(odd ? values.Length : plain)];
    }

    private static async Task<List<string>> ReadAsync(string text)
    {
        var rejects = new List<LineReject>();
        var rows = new List<string>();
        await using var reader = await JsonLinesReader.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.jsonl", new JsonReadOptions { Schema = Columns }, TestContext.Current.CancellationToken);
        await foreach (var batch in reader.ReadAsync(onReject: rejects.Add, cancellationToken: TestContext.Current.CancellationToken))
        {
            using (batch)
                rows.AddRange(Enumerable.Range(0, batch.Length).Select(row => JsonRows.Of(batch, row)));
        }

        return [.. rows, .. rejects.Select(r => $"reject {r.Line} {r.Column} {r.Value} {r.Rule}")];
    }
}
