using System.Text;
using System.Text.Json;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Rows that a reader set aside, on their way to quarantine.</summary>
internal static class RejectedRows
{
    /// <summary>Accounts for the rows and hands them over.</summary>
    internal static ValueTask QuarantineAsync(
        IReadOnlyList<LineReject> rejects, string @operator, OperatorContext context, CancellationToken cancellationToken)
    {
        var rows = BatchBuilder.For(QuarantineSchema.Schema);
        foreach (var reject in rejects)
        {
            rows.Text(0, @operator);
            rows.Text(1, reject.File);
            rows.Value(2, reject.Line);
            rows.Text(3, reject.Rule);
            rows.Text(4, reject.Column);
            rows.Text(5, reject.Value);
            rows.Text(6, reject.Reason);
            rows.Text(7, Violation(reject.Rule, reject.Column, reject.Value, reject.Reason));
            rows.Text(8, reject.Text);
        }

        context.Rows.Add(RowFlow.In, rejects.Count);
        context.Rows.Add(RowFlow.Refused, rejects.Count);
        return context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(rows.Build(context.Allocator), cancellationToken);
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
