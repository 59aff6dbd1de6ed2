namespace DataEngineX.Hosting.Tests.Support;

/// <summary>Waits for what other threads do. The limit is far beyond what any of it takes: it only ends a test that would hang.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Is(Func<bool> condition) => AsyncIs(() => Task.FromResult(condition()), met => met);

    public static async Task<T> AsyncIs<T>(Func<Task<T>> read, Func<T, bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (condition(value))
                return value;
            if (TimeProvider.System.GetElapsedTime(begun) > Limit)
                throw new TimeoutException($"What the test waits for has not happened; last seen: {value}.");
            await Task.Delay(10);
        }
    }
}
