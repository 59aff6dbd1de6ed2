using System.Text.Json;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the schema of a table asks of the values in its columns, beyond their types.</summary>
internal static class ColumnRules
{
    private const string Invariants = "delta.invariants";
    private const string CurrentDefault = "CURRENT_DEFAULT";

    /// <summary>The first rule that is not there, with its column; null when all are.</summary>
    internal static (string Column, string Rule)? Unknown(string schema)
    {
        foreach (var (column, rule, _) in All(schema))
        {
            if (rule != Invariants)
                return (column, rule);
        }

        return null;
    }

    /// <summary>The conditions that columns carry as invariants.</summary>
    /// <exception cref="DataEngineXException">One is not understood; names it.</exception>
    internal static IEnumerable<(string Name, Expr Condition)> Conditions(LogState state)
    {
        foreach (var (column, rule, value) in All(state.Metadata.SchemaString))
        {
            if (rule != Invariants)
                continue;
            Expr condition;
            try
            {
                using var document = JsonDocument.Parse(value.GetString() ?? "");
                condition = TableConstraints.Parse(state, $"of column {column}", document.RootElement.GetProperty("expression").GetProperty("expression").GetString() ?? "");
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new DataEngineXException($"Table {state.Table} has an invariant of column '{column}' that is not understood here ({e.Message}); it is only read.", e);
            }

            yield return ($"of column {column}", condition);
        }
    }

    private static IEnumerable<(string Column, string Rule, JsonElement Value)> All(string schema)
    {
        if (!schema.Contains("\"delta.", StringComparison.Ordinal) && !schema.Contains(CurrentDefault, StringComparison.Ordinal))
            yield break;
        using var document = JsonDocument.Parse(schema);
        foreach (var field in document.RootElement.GetProperty("fields").EnumerateArray())
        {
            if (!field.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
                continue;
            foreach (var rule in metadata.EnumerateObject())
            {
                if (rule.Name is Invariants or "delta.generationExpression" or CurrentDefault || rule.Name.StartsWith("delta.identity.", StringComparison.Ordinal))
                    yield return (field.GetProperty("name").GetString() ?? "", rule.Name, rule.Value.Clone());
            }
        }
    }
}
