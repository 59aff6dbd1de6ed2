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
    /// <param name="source">The dataset read, so that a replay finds who can read the rows again.</param>
    /// <param name="context">The context of the source, which declared <see cref="SideOutput.Quarantine"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ValueTask QuarantineAsync(
        IReadOnlyList<LineReject> rejects, string @operator, DatasetId source, OperatorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rejects);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(context);
        var name = source.ToString();
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
            rows.Text(7, Violation(reject, name));
            rows.Text(8, reject.Text);
        }

        context.Rows.Add(RowFlow.In, rejects.Count);
        context.Rows.Add(RowFlow.Refused, rejects.Count);
        return context.SideOutput(SideOutput.Quarantine.Name).TakeAsync(rows.Build(context.Allocator), cancellationToken);
    }

    private static string Violation(LineReject reject, string source)
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
            json.WriteString(QuarantineSchema.ViolationSource, source);
            if (!reject.IsWhole)
                json.WriteBoolean(QuarantineSchema.ViolationCut, true);
            if (reject.Header is { } names)
            {
                json.WriteStartArray(QuarantineSchema.ViolationHeader);
                foreach (var name in names)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
