using System.Diagnostics;
using System.Globalization;
using DataEngineX;

namespace WeatherService;

/// <summary>Tells whoever sits before the terminal what happens.</summary>
/// <param name="options">Tell whether to be quiet.</param>
/// <param name="performance">Knows what became of the forecasts.</param>
public sealed class WeatherTerminal(WeatherOptions options, IEnumerable<IModelPerformance> performance) : IRunObserver
{
    private volatile bool _isReady;

    /// <summary>How long the process has been running.</summary>
    public static TimeSpan SinceStart => DateTime.Now - Process.GetCurrentProcess().StartTime;

    /// <summary>Says a line.</summary>
    /// <param name="line">The line.</param>
    public void Say(FormattableString line)
    {
        if (!options.IsQuiet)
            Console.Out.WriteLine(FormattableString.Invariant(line));
    }

    /// <summary>From now on the usual runs are no news.</summary>
    public void IsReady() => _isReady = true;

    /// <summary>Says how the forecasts for a day fared.</summary>
    /// <param name="day">A day whose observations have arrived.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task TellDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (options.IsQuiet || performance.FirstOrDefault(p => p.Model == WeatherTrain.Model) is not { } watch)
            return;
        var report = await watch.GetAsync(cancellationToken);
        var met = report.Recent.Where(o => o.For == day && o.Actual is not null).OrderBy(o => o.Key, StringComparer.Ordinal)
            .Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Key} {o.Forecast,5:F1} °C forecast, {o.Actual,5:F1} °C came"));
        var running = report.MeanAbsoluteError is { } error && report.Baselines.TryGetValue("persistence", out var persistence)
            ? string.Create(CultureInfo.InvariantCulture, $"mean error {error:F2} °C, persistence {persistence:F2} °C, {report.Forecasts} forecasts")
            : "no forecast has met its day yet";
        Say($"{day:yyyy-MM-dd}  {string.Join("   ", met)}   {running}");
    }

    /// <inheritdoc/>
    public void RunStarted(RunRecord run)
    {
    }

    /// <inheritdoc/>
    public void RunFinished(RunRecord run, DatasetLineage? lineage)
    {
        ArgumentNullException.ThrowIfNull(run);
        var rows = run.Rows;
        if (run.State == RunState.Failed)
            Say($"  {run.Pipeline,-17} failed: {run.Error}");
        else if (rows.Quarantined > 0)
            Say($"  {run.Pipeline,-17} set aside {rows.Quarantined} of {rows.Read} rows: see quarantine/{run.Pipeline}");
        else if (!_isReady && run.Published)
            Say($"  {run.Pipeline,-17} {rows.Read,6} rows read, {rows.Written,6} written to {run.Target}");
    }
}
