using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>Reads the body of an order to backfill, or ends the request with a problem that names the field.</summary>
internal static class BackfillOrderReader
{
    private const int MaxParallel = 64;
    private const int MaxPerRun = 1_000_000;
    private const int MaxPartitionLength = 256;

    public static async ValueTask<BackfillOrderDto> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, maxBytes, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            return new BackfillOrderDto(null, null);
        using var document = JsonBody.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid("body", "The body is not a JSON object.");
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is not ("from" or "to" or "parallel" or "perRun" or "failed" or "again"))
                throw ApiException.Invalid("body", "The body may hold 'from', 'to', 'parallel', 'perRun', 'failed' and 'again' only.");
        }

        return new BackfillOrderDto(
            Partition(root, "from"), Partition(root, "to"), Count(root, "parallel", MaxParallel), Count(root, "perRun", MaxPerRun), Flag(root, "failed"), Flag(root, "again"));
    }

    private static string? Partition(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var partition) || partition.ValueKind == JsonValueKind.Null)
            return null;
        return partition.ValueKind == JsonValueKind.String && partition.GetString() is { Length: > 0 and <= MaxPartitionLength } text
            ? text
            : throw ApiException.Invalid(name, $"The partition is a text of 1 to {MaxPartitionLength} characters.");
    }

    private static int Count(JsonElement root, string name, int most)
    {
        if (!root.TryGetProperty(name, out var number) || number.ValueKind == JsonValueKind.Null)
            return 1;
        return number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var count) && count >= 1 && count <= most
            ? count
            : throw ApiException.Invalid(name, $"'{name}' is a whole number from 1 to {most}.");
    }

    private static bool Flag(JsonElement root, string name) => root.TryGetProperty(name, out var flag) && flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw ApiException.Invalid(name, $"'{name}' is true or false."),
    };
}
