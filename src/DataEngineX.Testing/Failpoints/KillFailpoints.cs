using System.Diagnostics;
using System.Globalization;

namespace DataEngineX.Testing;

/// <summary>Kills its own process at a place, as a power cut would: nothing is flushed, closed or given back.</summary>
/// <remarks>For processes that a test starts and expects to die. The place comes from the variable <see cref="Variable"/>.</remarks>
public sealed class KillFailpoints : IFailpoints
{
    /// <summary>The environment variable: <c>name</c> or <c>name:n</c>, where n counts the passes of that place from 1.</summary>
    public const string Variable = "DEX_FAILPOINT";

    private readonly string? _name;
    private int _left;

    private KillFailpoints(string? name, int passes) => (_name, _left) = (name, passes);

    /// <summary>Reads the variable of this process. Where it is not set nothing happens at any place.</summary>
    /// <exception cref="ArgumentException">The variable does not name a place of <see cref="FailpointNames"/>.</exception>
    public static KillFailpoints FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Reads a text such as <c>run.started</c> or <c>table.data_file_open:2</c>.</summary>
    /// <param name="text">The text; null or empty for no place.</param>
    /// <exception cref="ArgumentException">It does not name a place of <see cref="FailpointNames"/>.</exception>
    public static KillFailpoints Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new KillFailpoints(null, 0);
        var parts = text.Split(':');
        var passes = 1;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out passes)) || passes < 1)
            throw new ArgumentException($"'{text}' is not a failpoint: write a name, or a name, a colon and a number from 1.", nameof(text));
        return FailpointNames.All.Contains(parts[0], StringComparer.Ordinal)
            ? new KillFailpoints(parts[0], passes)
            : throw new ArgumentException($"There is no failpoint '{parts[0]}'; there are {string.Join(", ", FailpointNames.All)}.", nameof(text));
    }

    /// <inheritdoc/>
    public ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
    {
        if (string.Equals(name, _name, StringComparison.Ordinal) && Interlocked.Decrement(ref _left) == 0)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();

            // The signal is on its way; no further step may be taken meanwhile.
            return new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None));
        }

        return ValueTask.CompletedTask;
    }
}
