using System.Text.Json;
using DataEngineX.Hosting.Metadata;

namespace DataEngineX.Hosting.Verbs;

/// <summary>A plan kept in a file between <c>plan</c> and <c>run</c>.</summary>
internal static class PlanFile
{
    public static async ValueTask WriteAsync(string file, PlannedRun plan, CancellationToken cancellationToken)
    {
        var stream = File.Create(file);
        await using var open = stream.ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(stream, plan, MetadataJson.Default.PlannedRun, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The plan, or null when the file holds none; then it is said.</returns>
    public static async ValueTask<PlannedRun?> ReadAsync(string file, IVerbOutput output, CancellationToken cancellationToken)
    {
        try
        {
            var stream = File.OpenRead(file);
            await using var open = stream.ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(stream, MetadataJson.Default.PlannedRun, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("there is nothing in it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            await output.Error.WriteLineAsync($"'{file}' holds no plan: {e.Message}").ConfigureAwait(false);
            return null;
        }
    }
}
