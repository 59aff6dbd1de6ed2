using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>Single rows for scorers.</summary>
public static class ScorerExtensions
{
    /// <summary>Scores one row given by column name.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="row">A value for each input column; null for an unknown one. Columns the model does not take are ignored.</param>
    /// <returns>The score, or null when a feature is null or the group is unknown.</returns>
    /// <exception cref="MalformedDataException">A column is missing or does not fit; it names column, expected and got.</exception>
    public static double? Score(this IScorer scorer, IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(row);
        var inputs = scorer.Model.Signature.Inputs;
        var arrays = new IArrowArray[inputs.FieldsList.Count];
        for (var i = 0; i < arrays.Length; i++)
            arrays[i] = Array(scorer.Model, inputs.FieldsList[i], row);
        using var batch = new RecordBatch(inputs, arrays, 1);
        using var scored = scorer.Score(batch, MemoryAllocator.Default.Value);
        return ((DoubleArray)scored.Column(ScorerContract.ScoreColumn)).GetValue(0);
    }

    private static IArrowArray Array(ModelVersion model, Field field, IReadOnlyDictionary<string, object?> row)
    {
        if (!row.TryGetValue(field.Name, out var value))
            throw Wrong(model, field, "no such value");
        try
        {
            return field.DataType.TypeId switch
            {
                ArrowTypeId.Int8 => Build<sbyte, Int8Array, Int8Array.Builder>(new(), value, Convert.ToSByte),
                ArrowTypeId.UInt8 => Build<byte, UInt8Array, UInt8Array.Builder>(new(), value, Convert.ToByte),
                ArrowTypeId.Int16 => Build<short, Int16Array, Int16Array.Builder>(new(), value, Convert.ToInt16),
                ArrowTypeId.UInt16 => Build<ushort, UInt16Array, UInt16Array.Builder>(new(), value, Convert.ToUInt16),
                ArrowTypeId.Int32 => Build<int, Int32Array, Int32Array.Builder>(new(), value, Convert.ToInt32),
                ArrowTypeId.UInt32 => Build<uint, UInt32Array, UInt32Array.Builder>(new(), value, Convert.ToUInt32),
                ArrowTypeId.Int64 => Build<long, Int64Array, Int64Array.Builder>(new(), value, Convert.ToInt64),
                ArrowTypeId.UInt64 => Build<ulong, UInt64Array, UInt64Array.Builder>(new(), value, Convert.ToUInt64),
                ArrowTypeId.HalfFloat or ArrowTypeId.Float => Build<float, FloatArray, FloatArray.Builder>(new(), value, Convert.ToSingle),
                ArrowTypeId.Double => Build<double, DoubleArray, DoubleArray.Builder>(new(), value, Convert.ToDouble),
                ArrowTypeId.Boolean when value is bool or null => Bool((bool?)value),
                _ when NumberFill.TextFor(field.DataType) is not null && value is string or null => Text((string?)value),
                _ => throw Wrong(model, field, value?.GetType().Name ?? "null"),
            };
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
        {
            throw Wrong(model, field, $"{value!.GetType().Name} '{Convert.ToString(value, CultureInfo.InvariantCulture)}'", error);
        }
    }

    private static TArray Build<T, TArray, TBuilder>(TBuilder builder, object? value, Func<object, IFormatProvider, T> convert)
        where T : struct
        where TArray : IArrowArray
        where TBuilder : PrimitiveArrayBuilder<T, TArray, TBuilder>
    {
        // A text that happens to look like a number is no number: the sender has the wrong column or type.
        if (value is string or char or bool)
            throw new InvalidCastException();
        if (value is null)
            builder.AppendNull();
        else
            builder.Append(convert(value, CultureInfo.InvariantCulture));
        return builder.Build(MemoryAllocator.Default.Value);
    }

    private static BooleanArray Bool(bool? value)
    {
        var builder = new BooleanArray.Builder();
        return (value is { } known ? builder.Append(known) : builder.AppendNull()).Build();
    }

    private static StringArray Text(string? value) => new StringArray.Builder().Append(value).Build();

    private static MalformedDataException Wrong(ModelVersion model, Field field, string got, Exception? cause = null)
        => new(
            $"Model '{model.Name}' version {model.Version} takes column '{field.Name}': expected {field.DataType.Name}, got {got}.",
            field.Name, cause);
}
