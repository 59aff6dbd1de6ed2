using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests;

/// <summary>Makes profiles of small batches.</summary>
internal static class ProfileRun
{
    public static readonly DateTimeOffset Now = Suites.Now;

    public static async Task<Profile> OfAsync(RecordBatch batch, int length = int.MaxValue, ProfileOptions? options = null)
    {
        using (batch)
        {
            var parts = Rows.Split(batch, Math.Min(length, Math.Max(1, batch.Length)));
            return await Profiler.ProfileAsync(Rows.Stream(parts), batch.Schema, options, new Clock());
        }
    }

    public static Task<Profile> OfAsync(params (string Name, IArrowType Type, object?[] Values)[] columns) => OfAsync(Rows.Of(columns));

    public static async Task<ColumnProfile> ColumnAsync(IArrowType type, params object?[] values) =>
        (await OfAsync(("x", type, values)))["x"];

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
