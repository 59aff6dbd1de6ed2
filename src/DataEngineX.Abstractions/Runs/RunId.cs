using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace DataEngineX;

/// <summary>Makes run ids: text that sorts by time, such as <c>20150103T0605001234567-9f3a1c</c>.</summary>
public static class RunId
{
    private static readonly ConditionalWeakTable<TimeProvider, StrongBox<long>> LastTicks = [];

    /// <summary>A new id that sorts after every id made before by this process with the same clock.</summary>
    /// <param name="clock">The host's clock.</param>
    public static string New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow().UtcTicks;
        var last = LastTicks.GetOrCreateValue(clock);
        long seen, taken;
        do
        {
            seen = Volatile.Read(ref last.Value);
            taken = Math.Max(now, seen + 1);
        }
        while (Interlocked.CompareExchange(ref last.Value, taken, seen) != seen);

        // The random end keeps ids of different processes apart that were made at the same tick.
        var instant = new DateTime(taken, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmssfffffff", CultureInfo.InvariantCulture);
        return $"{instant}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }
}
