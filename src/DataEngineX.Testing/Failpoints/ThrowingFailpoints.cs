namespace DataEngineX.Testing;

/// <summary>Throws at chosen places, each time once, and counts how often each place was passed.</summary>
public sealed class ThrowingFailpoints : IFailpoints
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Func<Exception>> _armed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _passes = new(StringComparer.Ordinal);

    /// <summary>Throws the next time a place is passed.</summary>
    /// <param name="name">A name from <see cref="FailpointNames"/>.</param>
    /// <param name="fault">Makes what is thrown; an <see cref="IOException"/> naming the place when left out.</param>
    public ThrowingFailpoints Arm(string name, Func<Exception>? fault = null)
    {
        if (!FailpointNames.All.Contains(name, StringComparer.Ordinal))
            throw new ArgumentException($"There is no failpoint '{name}'; there are {string.Join(", ", FailpointNames.All)}.", nameof(name));
        lock (_lock)
            _armed[name] = fault ?? (() => new IOException($"The failpoint '{name}' was armed."));
        return this;
    }

    /// <summary>How often a place was passed.</summary>
    /// <param name="name">The place.</param>
    public int PassesOf(string name)
    {
        lock (_lock)
            return _passes.GetValueOrDefault(name);
    }

    /// <inheritdoc/>
    public ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
    {
        Func<Exception>? fault;
        lock (_lock)
        {
            _passes[name] = _passes.GetValueOrDefault(name) + 1;
            _armed.Remove(name, out fault);
        }

        return fault is null ? ValueTask.CompletedTask : ValueTask.FromException(fault());
    }
}
