namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Fails once, at the n-th pass of one place.</summary>
public sealed class FailAt(string place, int pass = 1) : IFailpoints
{
    private int _left = pass;

    public bool Failed => _left <= 0;

    public ValueTask HitAsync(string name, CancellationToken cancellationToken = default) =>
        name == place && --_left == 0 ? throw new SimulatedCrashException(place) : ValueTask.CompletedTask;
}

public sealed class SimulatedCrashException(string place) : Exception(place);
