using System.Text.Json;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The commit records that a table's log keeps as metadata domains.</summary>
internal static class PipelineRecords
{
    private static readonly string Prefix = CommitRecord.DomainOf("");

    internal static string Write(CommitRecord record)
    {
        var cursor = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (dataset, position) in record.Cursor.Positions)
            cursor[dataset] = position;
        return JsonSerializer.Serialize(
            new DomainConfiguration
            {
                Cursor = cursor,
                RunKey = record.RunKey,
                FencingToken = record.FencingToken,
                Sequence = record.Sequence,
                RunId = record.RunId,
                Fingerprint = record.Fingerprint,
                Target = record.Target.ToString(),
                Timestamp = record.Timestamp,
            },
            TableJson.Log.DomainConfiguration);
    }

    /// <summary>All records of a version, by pipeline, with the version that set each.</summary>
    internal static IEnumerable<(CommitRecord Record, long Version)> All(LogState state)
    {
        foreach (var (domain, entry) in state.Domains)
        {
            if (domain.StartsWith(Prefix, StringComparison.Ordinal))
                yield return (Parse($"The log of table {state.Table}", domain[Prefix.Length..], entry.Configuration), entry.Version);
        }
    }

    /// <summary>The record of one pipeline, with the version that set it.</summary>
    internal static (CommitRecord Record, long Version)? Of(LogState? state, string pipeline) =>
        state is not null && state.Domains.TryGetValue(CommitRecord.DomainOf(pipeline), out var entry)
            ? (Parse($"The log of table {state.Table}", pipeline, entry.Configuration), entry.Version)
            : null;

    /// <summary>Reads a record of a table's log or a file's metadata.</summary>
    internal static CommitRecord Parse(string place, string pipeline, string text)
    {
        try
        {
            var domain = JsonSerializer.Deserialize(text, TableJson.Log.DomainConfiguration)
                ?? throw new JsonException("there is nothing in it");
            return new CommitRecord
            {
                Pipeline = pipeline,
                Target = DatasetId.Parse(domain.Target),
                RunId = domain.RunId,
                RunKey = domain.RunKey,
                Fingerprint = domain.Fingerprint,
                Sequence = domain.Sequence,
                FencingToken = domain.FencingToken,
                Cursor = new Cursor(domain.Cursor),
                Timestamp = domain.Timestamp,
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new DataEngineXException($"{place}: the record of pipeline '{pipeline}' is damaged: {e.Message}", e);
        }
    }
}
