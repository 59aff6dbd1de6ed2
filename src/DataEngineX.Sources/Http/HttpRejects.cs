using System.Text;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Sources;

/// <summary>Sets aside rows of a page that do not fit their columns.</summary>
internal static class HttpRejects
{
    internal const string Operator = "read_http_json";

    internal static ValueTask QuarantineAsync(IReadOnlyList<LineReject> rejects, OperatorContext context, CancellationToken cancellationToken)
    {
        StringArray Text(Func<LineReject, string?> value)
        {
            var column = new StringArray.Builder();
            foreach (var reject in rejects)
                column.Append(value(reject));
            return column.Build(context.Allocator);
        }

        var lines = new Int64Array.Builder().AppendRange(rejects.Select(r => r.Line)).Build(context.Allocator);
        IArrowArray[] columns =
        [
            Text(_ => Operator), Text(r => r.File), lines, Text(r => r.Rule), Text(r => r.Column), Text(r => r.Value), Text(r => r.Reason), Text(Violations), Text(r => r.Text),
        ];
        context.Rows.Add(RowFlow.In, rejects.Count);
        context.Rows.Add(RowFlow.Refused, rejects.Count);
        return context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(new RecordBatch(QuarantineSchema.Schema, columns, rejects.Count), cancellationToken);
    }

    private static string Violations(LineReject reject)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("rule", reject.Rule);
            json.WriteString("column", reject.Column);
            json.WriteString("value", reject.Value);
            json.WriteString("reason", reject.Reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
