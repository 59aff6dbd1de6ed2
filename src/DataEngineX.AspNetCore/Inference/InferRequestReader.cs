using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>Reads requests to infer; every fault names the tensor.</summary>
internal static class InferRequestReader
{
    private const int MaxRank = 8;
    private const int MaxElements = 1_000_000;
    private const int MaxIdLength = 128;

    public static InferRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid("body", "The body is not a JSON object.");
        if (!root.TryGetProperty("inputs", out var inputs) || inputs.ValueKind != JsonValueKind.Array || inputs.GetArrayLength() == 0)
            throw ApiException.Invalid("inputs", "'inputs' must be an array with one tensor for each input.");
        var tensors = new List<RequestTensor>(inputs.GetArrayLength());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateArray())
        {
            var tensor = ReadTensor(input, tensors.Count);
            if (!names.Add(tensor.Name))
                throw ApiException.Invalid("inputs", $"Input '{tensor.Name}' stands twice.");
            tensors.Add(tensor);
        }

        return new InferRequest(ReadId(root), tensors, ReadOutputs(root));
    }

    private static string? ReadId(JsonElement root)
    {
        if (!root.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.Null)
            return null;
        return id.ValueKind == JsonValueKind.String && id.GetString() is { Length: <= MaxIdLength } text
            ? text
            : throw ApiException.Invalid("id", $"'id' must be a text of at most {MaxIdLength} characters.");
    }

    private static List<string>? ReadOutputs(JsonElement root)
    {
        if (!root.TryGetProperty("outputs", out var outputs) || outputs.ValueKind == JsonValueKind.Null)
            return null;
        if (outputs.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("outputs", "'outputs' must be an array.");
        var names = new List<string>();
        foreach (var output in outputs.EnumerateArray())
            names.Add(ReadText(output, "name") ?? throw ApiException.Invalid("outputs", "Every output asked for has a 'name'."));
        return names.Count > 0 ? names : null;
    }

    private static RequestTensor ReadTensor(JsonElement tensor, int index)
    {
        var name = ReadText(tensor, "name") ?? throw ApiException.Invalid("inputs", $"Input {index} has no 'name'.");
        var datatype = ReadText(tensor, "datatype") ?? throw ApiException.Invalid("inputs", $"Input '{name}' has no 'datatype'.");
        if (!Datatypes.IsKnown(datatype))
            throw ApiException.Invalid("inputs", $"Input '{name}': the datatype '{datatype}' cannot travel as JSON or is not known.");
        var shape = ReadShape(tensor, name);
        var count = Count(shape, name);
        if (!tensor.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("inputs", $"Input '{name}' has no array 'data'.");
        var values = new List<JsonElement>(Math.Min(count, data.GetArrayLength()));
        if (data.GetArrayLength() > 0 && data[0].ValueKind == JsonValueKind.Array)
            FlattenNested(data, shape, 0, values, name);
        else
            FlattenFlat(data, values, name);
        return values.Count == count
            ? new RequestTensor(name, datatype, values)
            : throw ApiException.Invalid("inputs", $"Input '{name}' has {values.Count} values; its shape [{string.Join(", ", shape)}] asks for {count}.");
    }

    private static void FlattenFlat(JsonElement data, List<JsonElement> values, string name)
    {
        foreach (var value in data.EnumerateArray())
        {
            if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                throw ApiException.Invalid("inputs", $"Input '{name}': data is neither flat nor nested as its shape says.");
            values.Add(value);
        }
    }

    private static void FlattenNested(JsonElement data, long[] shape, int level, List<JsonElement> values, string name)
    {
        var leaf = level == shape.Length - 1;
        if (level >= shape.Length || data.GetArrayLength() != shape[level])
            throw ApiException.Invalid("inputs", $"Input '{name}': data is not nested as its shape [{string.Join(", ", shape)}] says.");
        foreach (var value in data.EnumerateArray())
        {
            if ((value.ValueKind == JsonValueKind.Array) == leaf || value.ValueKind == JsonValueKind.Object)
                throw ApiException.Invalid("inputs", $"Input '{name}': data is not nested as its shape [{string.Join(", ", shape)}] says.");
            if (leaf)
                values.Add(value);
            else
                FlattenNested(value, shape, level + 1, values, name);
        }
    }

    private static long[] ReadShape(JsonElement tensor, string name)
    {
        if (!tensor.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() is 0 or > MaxRank)
            throw ApiException.Invalid("inputs", $"Input '{name}' needs a 'shape': an array of 1 to {MaxRank} sizes.");
        return [.. shape.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var length) && length >= 0
            ? length
            : throw ApiException.Invalid("inputs", $"Input '{name}': the sizes of a shape are whole numbers from 0."))];
    }

    // Columns are what models take: a tensor is a column when all its sizes but the first are 1.
    private static int Count(long[] shape, string name)
    {
        if (shape.Skip(1).Any(size => size != 1))
            throw ApiException.Invalid("inputs", $"Input '{name}' is a column: its shape is [rows] or [rows, 1], not [{string.Join(", ", shape)}].");
        return shape[0] <= MaxElements
            ? (int)shape[0]
            : throw ApiException.Invalid("inputs", $"Input '{name}' has more than {MaxElements} rows.");
    }

    private static string? ReadText(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= 256 } text
            ? text
            : null;
}
