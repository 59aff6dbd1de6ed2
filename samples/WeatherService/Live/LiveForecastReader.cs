using DataEngineX;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Tells the real tomorrow as the live source has it, or why it cannot be told.</summary>
/// <param name="live">The source.</param>
/// <param name="tables">Tell whether there are answers.</param>
/// <param name="reader">Reads them.</param>
/// <param name="metadata">Knows how the last run went.</param>
/// <param name="clock">The host's clock.</param>
public sealed class LiveForecastReader(LiveOptions live, ITableCatalog tables, FlowReader reader, IMetadataStore metadata, TimeProvider clock)
{
    private static readonly TimeSpan MostAge = TimeSpan.FromHours(6);
    private static readonly DatasetId Table = DatasetId.Table(Layer.Gold, LiveSilver.Table);
    private static readonly Flow<LiveForecast> All = Flow.Table<LiveForecast>(Layer.Gold, LiveSilver.Table);

    /// <summary>Whether there is a live source.</summary>
    public bool IsOn => live.Provider != LiveProvider.None;

    /// <summary>The places that it is asked about.</summary>
    public IEnumerable<string> Places => live.Places.Select(p => p.Name);

    /// <summary>The answer for a place.</summary>
    /// <param name="location">The place, in any case.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The answer, or null when there is no live source or it is not asked about the place.</returns>
    public async ValueTask<LiveAnswer?> FindAsync(string location, CancellationToken cancellationToken = default)
    {
        if (!IsOn || live.Places.FirstOrDefault(p => string.Equals(p.Name, location, StringComparison.OrdinalIgnoreCase)) is not { } place)
            return null;
        var known = await ReadAsync(place, cancellationToken);
        var now = clock.GetUtcNow();
        DateOnly? tomorrow = known.Count == 0 ? null : DateOnly.FromDateTime(now.AddSeconds(known[^1].UtcOffsetSeconds).UtcDateTime).AddDays(1);
        var answer = known.LastOrDefault(f => f.ForDate == tomorrow);
        return answer is not null && now - answer.ReceivedAt <= MostAge
            ? new LiveAnswer(live.Name, place.Name, true, tomorrow, Math.Round(answer.TemperatureMaxC, 2), answer.ReceivedAt, null)
            : new LiveAnswer(live.Name, place.Name, false, tomorrow, null, answer?.ReceivedAt, await ReasonAsync(answer, cancellationToken));
    }

    private async ValueTask<IReadOnlyList<LiveForecast>> ReadAsync(LivePlace place, CancellationToken cancellationToken)
    {
        if (await tables.FindAsync(Table, cancellationToken) is null)
            return [];
        var (name, source) = (place.Name, live.Name);
        var rows = await reader.ToListAsync(All.Where(f => f.Location == name && f.Source == source), cancellationToken);
        return [.. rows.OrderBy(f => f.ReceivedAt).ThenBy(f => f.ForDate)];
    }

    /// <summary>Why there is no current answer: the first of the pipelines from the source to the table that could not do its part says so.</summary>
    private async ValueTask<string> ReasonAsync(LiveForecast? answer, CancellationToken cancellationToken)
    {
        switch (await LastAsync(LiveRaw.Name, cancellationToken))
        {
            case null:
                return $"{live.Name} has not been asked yet.";
            case { State: RunState.Running }:
                return $"{live.Name} is being asked.";
            case { Error: { } error }:
                return $"{live.Name} could not be asked: {error}";
        }

        foreach (var pipeline in (string[])[LiveBronze.Name, LiveSilver.Name, LiveGold.Name])
        {
            if (Fault(await LastAsync(pipeline, cancellationToken)) is { } fault)
                return $"{live.Name} answered what cannot be used: {fault}";
        }

        return answer is not null ? $"What {live.Name} said is older than {MostAge.TotalHours:0} hours." : $"{live.Name} said nothing of tomorrow.";
    }

    private async ValueTask<RunRecord?> LastAsync(string pipeline, CancellationToken cancellationToken) =>
        await metadata.ListRunsAsync(new RunQuery { Pipeline = pipeline, Limit = 1 }, cancellationToken) is [var last, ..]
            ? await metadata.GetRunAsync(last.Id, cancellationToken) ?? last
            : null;

    private static string? Fault(RunRecord? run)
    {
        if (run?.Error is { } error)
            return error;
        if (run is not { Rows.Quarantined: > 0 })
            return null;
        var rules = run.Verdicts.Where(v => v.Outcome == VerdictOutcome.Fail).Select(v => v.Column is null ? v.Rule : $"{v.Rule} of {v.Column}").Distinct(StringComparer.Ordinal).ToList();
        return $"{(rules.Count == 0 ? "it does not have the documented form" : string.Join(", ", rules))}; it is kept in quarantine/{run.Pipeline}.";
    }
}
