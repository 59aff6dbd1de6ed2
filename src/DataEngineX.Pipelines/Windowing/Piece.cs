using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>Rows of a partition at hand: some that were put out already and are looked back at, then those to compute.</summary>
internal readonly ref struct Piece
{
    /// <summary>The rows.</summary>
    public required RecordBatch Rows { get; init; }

    /// <summary>The place of the first row in the partition.</summary>
    public required long Start { get; init; }

    /// <summary>How many batches of the partition were read so far; the last of them ends with these rows.</summary>
    public required int Batches { get; init; }

    /// <summary>No rows of the partition follow.</summary>
    public required bool IsLast { get; init; }

    /// <summary>Marks the first row only.</summary>
    public required ReadOnlySpan<bool> Starts { get; init; }

    /// <summary>Marks each row that is not equal in the order keys to the one before; empty where no column looks at it.</summary>
    public required ReadOnlySpan<bool> Peers { get; init; }

    public int Length => Rows.Length;
}
