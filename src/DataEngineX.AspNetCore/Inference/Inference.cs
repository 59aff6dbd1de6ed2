using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.AspNetCore;

/// <summary>From a request's tensors to a batch, and from scores to tensors.</summary>
internal static class Inference
{
    public static InferResponseDto Score(IScorer scorer, InferRequest request, string fallbackId)
    {
        var signature = scorer.Model.Signature;
        var wanted = ChooseOutputs(signature.Outputs, request.Outputs);
        using var batch = ToBatch(signature.Inputs, request.Inputs);
        try
        {
            using var scores = scorer.Score(batch, MemoryAllocator.Default.Value);
            return new InferResponseDto(
                scorer.Model.Name,
                scorer.Model.Version.ToString(CultureInfo.InvariantCulture),
                request.Id ?? fallbackId,
                [.. wanted.Select(field => ToTensor(field, scores))]);
        }
        catch (MalformedDataException e)
        {
            throw ApiException.Invalid("inputs", e.Message);
        }
    }

    private static IReadOnlyList<Field> ChooseOutputs(Schema outputs, IReadOnlyList<string>? names) => names is null
        ? outputs.FieldsList
        : [.. names.Select(name => outputs.FieldsList.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal))
            ?? throw ApiException.Invalid("outputs", $"The model has no output '{name}'; it has {string.Join(", ", outputs.FieldsList.Select(f => f.Name))}."))];

    private static RecordBatch ToBatch(Schema inputs, IReadOnlyList<RequestTensor> tensors)
    {
        var byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        if (inputs.FieldsList.FirstOrDefault(f => !byName.ContainsKey(f.Name)) is { } missing)
            throw ApiException.Invalid("inputs", $"Input '{missing.Name}' ({Datatypes.Of(missing.DataType)}) is missing.");
        if (tensors.FirstOrDefault(t => !inputs.FieldsLookup.Contains(t.Name)) is { } unknown)
            throw ApiException.Invalid("inputs", $"The model has no input '{unknown.Name}'.");
        var rows = byName[inputs.FieldsList[0].Name].Values.Count;
        if (tensors.FirstOrDefault(t => t.Values.Count != rows) is { } uneven)
            throw ApiException.Invalid("inputs", $"Input '{uneven.Name}' has {uneven.Values.Count} rows where others have {rows}.");

        var columns = new List<IArrowArray>(inputs.FieldsList.Count);
        try
        {
            foreach (var field in inputs.FieldsList)
                columns.Add(TensorColumn.Build(byName[field.Name], field, MemoryAllocator.Default.Value));
            return new RecordBatch(inputs, columns, rows);
        }
        catch
        {
            columns.ForEach(c => c.Dispose());
            throw;
        }
    }

    private static TensorDto ToTensor(Field field, RecordBatch scores)
    {
        var column = scores.Column(field.Name);
        var data = new object?[column.Length];
        for (var i = 0; i < data.Length; i++)
            data[i] = ArrowCell.Read(column, i) switch { string when column is FloatArray or DoubleArray => null, var value => value };
        return new TensorDto(field.Name, Datatypes.Of(field.DataType), [column.Length], data);
    }
}
