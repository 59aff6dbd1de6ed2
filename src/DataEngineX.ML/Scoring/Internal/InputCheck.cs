using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Internal;

/// <summary>Holds what comes in against what a model takes, before ML.NET sees it.</summary>
internal static class InputCheck
{
    /// <summary>At load: the registered signature must name what the artifact reads.</summary>
    public static void Signature(ModelVersion version, ScorerContract contract)
    {
        foreach (var name in contract.Columns)
        {
            var field = version.Signature.Inputs.FieldsList.FirstOrDefault(f => f.Name == name)
                ?? throw Broken(version, name, "is missing from it");
            var isText = contract.Texts.Contains(name);
            if (isText ? NumberFill.TextFor(field.DataType) is null : NumberFill.For<float>(field.DataType) is null)
                throw Broken(version, name, $"is {field.DataType.Name} in it where the artifact reads {(isText ? "text" : "a number")}");
        }
    }

    /// <summary>At request: the columns the model reads, in its order.</summary>
    public static IArrowArray[] Request(ModelVersion version, ScorerContract contract, RecordBatch batch)
    {
        var inputs = new IArrowArray[contract.Numbers.Count + contract.Texts.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var name = i < contract.Numbers.Count ? contract.Numbers[i] : contract.Texts[i - contract.Numbers.Count];
            var expected = version.Signature.Inputs.GetFieldByName(name).DataType;
            var index = batch.Schema.GetFieldIndex(name);
            if (index < 0)
                throw Wrong(version, name, expected, "no such column");
            inputs[i] = batch.Column(index);
            if (!Accepts(expected, inputs[i].Data.DataType))
                throw Wrong(version, name, expected, inputs[i].Data.DataType.Name);
        }

        return inputs;
    }

    // Only what fits without loss, but whole numbers of 64 bits where a double is expected, as everywhere in SQL.
    private static bool Accepts(IArrowType expected, IArrowType got)
    {
        if (NumberFill.TextFor(expected) is not null)
            return NumberFill.TextFor(got) is not null;
        if (expected.TypeId == got.TypeId)
            return true;
        if (got.TypeId == ArrowTypeId.Boolean || expected.TypeId == ArrowTypeId.Boolean || NumberFill.For<float>(got) is null)
            return false;
        return expected.TypeId switch
        {
            ArrowTypeId.Double => true,
            ArrowTypeId.Float => got.TypeId is ArrowTypeId.HalfFloat || Bits(got.TypeId) is > 0 and <= 16,
            _ => Bits(got.TypeId) is var bits and > 0 && bits < Bits(expected.TypeId)
                && (IsSigned(expected.TypeId) || !IsSigned(got.TypeId)),
        };
    }

    private static int Bits(ArrowTypeId type) => type switch
    {
        ArrowTypeId.Int8 or ArrowTypeId.UInt8 => 8,
        ArrowTypeId.Int16 or ArrowTypeId.UInt16 => 16,
        ArrowTypeId.Int32 or ArrowTypeId.UInt32 => 32,
        ArrowTypeId.Int64 or ArrowTypeId.UInt64 => 64,
        _ => 0,
    };

    private static bool IsSigned(ArrowTypeId type)
        => type is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64;

    private static MalformedDataException Wrong(ModelVersion version, string column, IArrowType expected, string got)
        => new($"Model '{version.Name}' version {version.Version} takes column '{column}': expected {expected.Name}, got {got}.", column);

    private static DataEngineXException Broken(ModelVersion version, string column, string what)
        => new($"Model '{version.Name}' version {version.Version} cannot be loaded: input column '{column}' of its registered signature "
            + $"{what}. Register a new version.");
}
