using System.Globalization;

namespace DataEngineX.Sources;

/// <summary>
/// How a web service is asked for a span of time, for an incremental read: each run asks from where the last one ended up to its own start less
/// <see cref="Lag"/>. Whether a bound is part of the span is the service's; both are sent as they are.
/// </summary>
public sealed record HttpInterval
{
    /// <summary>The query parameter that takes the begin.</summary>
    public required string SinceParameter { get; init; }

    /// <summary>The query parameter that takes the end. Without an end rows could come twice.</summary>
    public required string UntilParameter { get; init; }

    /// <summary>Where the first run begins.</summary>
    /// <value>Default: the start of 1970.</value>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How long rows may take to arrive: what is newer waits for the next run.</summary>
    /// <value>Default: zero.</value>
    public TimeSpan Lag { get; init; }

    /// <summary>
    /// How long a stretch of time is that is asked for by itself where the pipeline has checkpoints: how many rows there are is not known before they were
    /// asked for. Whole seconds; there are at most 10,000 stretches, longer ones if need be.
    /// </summary>
    /// <value>Default: null, one run asks once.</value>
    public TimeSpan? Step { get; init; }

    /// <summary>How an instant is written.</summary>
    /// <value>Default: <c>2015-01-31T12:00:00Z</c>, in UTC.</value>
    public Func<DateTimeOffset, string> Format { get; init; } = static t => t.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
