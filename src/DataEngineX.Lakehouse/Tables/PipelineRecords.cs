using System.Text.Json;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The commit records that a table's log keeps as metadata domains.</summary>
internal static class PipelineRecords
{
    private static readonly string Prefix = CommitRecord.DomainOf("");

    internal static string Write(CommitRecord record, long? version = null) => JsonSerializer.Serialize(
        new DomainConfiguration
        {
            Cursor = Sorted(record.Cursor.Positions),
            Identities = record.Cursor.Identities.Count == 0 ? null : Sorted(record.Cursor.Identities),
            RunKey = record.RunKey,
            FencingToken = record.FencingToken,
            Sequence = record.Sequence,
            RunId = record.RunId,
            Fingerprint = record.Fingerprint,
            Target = record.Target.ToString(),
            Timestamp = record.Timestamp,
            Version = version,
        },
        TableJson.Log.DomainConfiguration);

    /// <summary>All records of a version, by pipeline, with the version that set each.</summary>
    internal static IEnumerable<(CommitRecord Record, long Version)> All(LogState state)
    {
        foreach (var (domain, entry) in state.Domains)
        {
            if (domain.StartsWith(Prefix, StringComparison.Ordinal))
                yield return Parse(state, domain[Prefix.Length..], entry);
        }
    }

    /// <summary>The record of one pipeline, with the version that set it.</summary>
    internal static (CommitRecord Record, long Version)? Of(LogState? state, string pipeline) =>
        state is not null && state.Domains.TryGetValue(CommitRecord.DomainOf(pipeline), out var entry) ? Parse(state, pipeline, entry) : null;

    /// <summary>Reads a record of a file's metadata.</summary>
    internal static CommitRecord Parse(string place, string pipeline, string text) => Record(pipeline, Read(place, pipeline, text));

    private static (CommitRecord Record, long Version) Parse(LogState state, string pipeline, DomainEntry entry)
    {
        var domain = Read($"The log of table {state.Table}", pipeline, entry.Configuration);
        return (Record(pipeline, domain), domain.Version ?? entry.Version);
    }

    private static CommitRecord Record(string pipeline, DomainConfiguration domain) => new()
    {
        Pipeline = pipeline,
        Target = DatasetId.Parse(domain.Target),
        RunId = domain.RunId,
        RunKey = domain.RunKey,
        Fingerprint = domain.Fingerprint,
        Sequence = domain.Sequence,
        FencingToken = domain.FencingToken,
        Cursor = domain.Identities is { } identities ? new Cursor(domain.Cursor) { Identities = identities } : new Cursor(domain.Cursor),
        Timestamp = domain.Timestamp,
    };

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> texts) => new(texts.ToDictionary(), StringComparer.Ordinal);

    private static DomainConfiguration Read(string place, string pipeline, string text)
    {
        try
        {
            var domain = JsonSerializer.Deserialize(text, TableJson.Log.DomainConfiguration) ?? throw new JsonException("there is nothing in it");
            _ = DatasetId.Parse(domain.Target);
            return domain;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new DataEngineXException($"{place}: the record of pipeline '{pipeline}' is damaged: {e.Message}", e);
        }
    }
}
