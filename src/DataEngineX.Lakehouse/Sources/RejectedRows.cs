using System.Text;
using System.Text.Json;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Rows that a reader set aside, on their way to quarantine.</summary>
internal sealed class RejectedRows(string @operator)
{
    private readonly BatchBuilder _rows = BatchBuilder.For(QuarantineSchema.Schema);

    internal void Add(string file, long line, string rule, string? column, string? value, string reason, string row)
    {
        _rows.Text(0, @operator);
        _rows.Text(1, file);
        _rows.Value(2, line);
        _rows.Text(3, rule);
        _rows.Text(4, column);
        _rows.Text(5, value);
        _rows.Text(6, reason);
        _rows.Text(7, Violation(rule, column, value, reason));
        _rows.Text(8, row);
    }

    /// <summary>Accounts for the rows and hands them over.</summary>
    internal ValueTask QuarantineAsync(OperatorContext context, CancellationToken cancellationToken)
    {
        context.Rows.Add(RowFlow.In, _rows.Count);
        context.Rows.Add(RowFlow.Refused, _rows.Count);
        return context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(_rows.Build(context.Allocator), cancellationToken);
    }

    private static string Violation(string rule, string? column, string? value, string reason)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("rule", rule);
            json.WriteString("column", column);
            json.WriteString("value", value);
            json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
