using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX;

/// <summary>A loaded model version. Thread-safe.</summary>
public interface IScorer
{
    /// <summary>The version loaded.</summary>
    ModelVersion Model { get; }

    /// <summary>Scores every row.</summary>
    /// <param name="batch">Borrowed; has at least the columns of <see cref="ModelSignature.Inputs"/>, found by name.</param>
    /// <param name="allocator">Where the result is allocated.</param>
    /// <returns>One row for each input row with the columns of <see cref="ModelSignature.Outputs"/>, owned by the caller; a row with a missing feature scores null.</returns>
    /// <exception cref="MalformedDataException">A column is missing or has another type; it names column, expected and got.</exception>
    RecordBatch Score(RecordBatch batch, MemoryAllocator allocator);
}
