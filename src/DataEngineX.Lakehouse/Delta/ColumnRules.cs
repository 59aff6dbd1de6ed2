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
        foreach (var rule in All(schema))
        {
            if (rule.Name != Invariants || rule.IsOfPart)
                return (rule.Column, rule.Name);
        }

        return null;
    }

    /// <summary>The conditions that columns carry as invariants.</summary>
    /// <exception cref="DataEngineXException">One is not understood; names it.</exception>
    internal static IEnumerable<(string Name, Expr Condition)> Conditions(LogState state)
    {
        foreach (var (column, rule, value, isOfPart) in All(state.Metadata.SchemaString))
        {
            if (rule != Invariants || isOfPart)
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

    private static IEnumerable<ColumnRule> All(string schema)
    {
        if (!schema.Contains("\"delta.", StringComparison.Ordinal) && !schema.Contains(CurrentDefault, StringComparison.Ordinal))
            yield break;
        using var document = JsonDocument.Parse(schema);
        foreach (var rule in OfFields(document.RootElement, ""))
            yield return rule;
    }

    private static IEnumerable<ColumnRule> OfFields(JsonElement structure, string prefix)
    {
        foreach (var field in structure.GetProperty("fields").EnumerateArray())
        {
            var column = prefix + field.GetProperty("name").GetString();
            if (field.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            {
                foreach (var rule in metadata.EnumerateObject())
                {
                    if (rule.Name is Invariants or "delta.generationExpression" or CurrentDefault || rule.Name.StartsWith("delta.identity.", StringComparison.Ordinal))
                        yield return new ColumnRule(column, rule.Name, rule.Value.Clone(), prefix.Length > 0);
                }
            }

            foreach (var rule in OfType(field.GetProperty("type"), column))
                yield return rule;
        }
    }

    private static IEnumerable<ColumnRule> OfType(JsonElement type, string path) => type.ValueKind != JsonValueKind.Object
        ? []
        : type.GetProperty("type").GetString() switch
        {
            "struct" => OfFields(type, path + "."),
            "array" => OfType(type.GetProperty("elementType"), path + ".element"),
            "map" => OfType(type.GetProperty("keyType"), path + ".key").Concat(OfType(type.GetProperty("valueType"), path + ".value")),
            _ => [],
        };

    /// <summary>One rule of the schema.</summary>
    /// <param name="Column">The column or part of one.</param>
    /// <param name="Name">What the schema calls the rule.</param>
    /// <param name="Value">What it says.</param>
    /// <param name="IsOfPart">Whether it is that of a part of a column.</param>
    private sealed record ColumnRule(string Column, string Name, JsonElement Value, bool IsOfPart);
}
