using System.Text;
using System.Text.Json;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Rows that a reader set aside, on their way to quarantine: for sources that read text with the readers of this package.</summary>
public static class RejectedRows
{
    /// <summary>Accounts for the rows, as read and refused, and hands them to the quarantine of the run.</summary>
    /// <param name="rejects">The rows.</param>
    /// <param name="operator">The operator that reads, such as <c>read_csv</c>.</param>
    /// <param name="context">The context of the source, which declared <see cref="SideOutput.Quarantine"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ValueTask QuarantineAsync(
        IReadOnlyList<LineReject> rejects, string @operator, OperatorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rejects);
        ArgumentNullException.ThrowIfNull(context);
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
