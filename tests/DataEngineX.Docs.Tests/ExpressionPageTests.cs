using DataEngineX.Pipelines;

namespace DataEngineX.Docs.Tests;

/// <summary>Every line of the tables of docs/expressions.md says what happens.</summary>
public sealed class ExpressionPageTests
{
    private const string Page = "docs/expressions.md";

    [Fact]
    public void Every_expression_gives_the_result_beside_it()
    {
        DocRow[] rows = [.. DocRow.Of(Page, "| expression | where | result |")];
        Assert.True(rows.Length > 80, $"only {rows.Length} rows were found");
        var made = ExpressionRows.Evaluated(rows);
        var wrong = new List<string>();
        for (var i = 0; i < rows.Length; i++)
        {
            var expected = rows[i].Cells[2];
            var (batch, expression) = made[i]();
            using (batch)
            {
                var actual = Result(() => ExpressionRows.Shown(batch, expression));
                var holds = expected.StartsWith("error: ", StringComparison.Ordinal)
                    ? actual.StartsWith("error: ", StringComparison.Ordinal) && actual.Contains(expected["error: ".Length..], StringComparison.Ordinal)
                    : actual == expected;
                if (!holds)
                    wrong.Add($"{rows[i]}  but got  {actual}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_csharp_form_gives_the_tree_of_its_untyped_twin()
    {
        DocRow[] rows = [.. DocRow.Of(Page, "| C# | untyped |")];
        Assert.True(rows.Length > 100, $"only {rows.Length} rows were found");
        var made = ExpressionRows.Twins(rows);
        var wrong = new List<string>();
        for (var i = 0; i < rows.Length; i++)
        {
            var (typed, untyped) = made[i]();
            var actual = Result(() => LambdaTranslator.Translate(typed).Canonical);
            if (actual != untyped.Canonical)
                wrong.Add($"{rows[i]}\n  typed   {actual}\n  untyped {untyped.Canonical}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_refused_form_is_refused_while_describing_with_its_text()
    {
        DocRow[] rows = [.. DocRow.Of(Page, "| C# | instead |", "While describing, with the sub-expression in the message:")];
        Assert.True(rows.Length > 10, $"only {rows.Length} rows were found");
        var made = ExpressionRows.Lambdas(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            var lambda = made[i]();
            var error = Record.Exception(() => LambdaTranslator.Translate(lambda));
            Assert.True(error is PlanException && error.Message.Contains("cannot be translated: ", StringComparison.Ordinal), $"{rows[i]}: {error?.Message ?? "was translated"}");
        }
    }

    [Fact]
    public void Every_form_that_the_compiler_refuses_is_refused_by_it()
    {
        DocRow[] rows = [.. DocRow.Of(Page, "| C# | instead |", "The C# compiler itself refuses these in such lambdas:")];
        Assert.True(rows.Length > 4, $"only {rows.Length} rows were found");
        foreach (var row in rows)
            Assert.True(ExpressionRows.ErrorOf(row)?.Contains("expression tree", StringComparison.OrdinalIgnoreCase), $"{row}: {ExpressionRows.ErrorOf(row)}");
    }

    private static string Result(Func<string> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is DataEngineXException or OverflowException or FormatException or InvalidCastException or NotSupportedException)
        {
            return $"error: {e.Message}";
        }
    }
}
