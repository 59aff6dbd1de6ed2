namespace DataEngineX.Hosting.Tests.Support;

/// <summary>Holds whoever comes first until it is opened: at a place that runs pass, or wherever the test puts it.</summary>
internal sealed class Hold(string? place = null) : IFailpoints
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Open() => _open.TrySetResult();

    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _open.Task;
    }

    public ValueTask HitAsync(string name, CancellationToken cancellationToken = default) =>
        string.Equals(name, place, StringComparison.Ordinal) ? new(PassAsync()) : ValueTask.CompletedTask;
}
