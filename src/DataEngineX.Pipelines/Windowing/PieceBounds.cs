using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Where a frame of each row at hand begins and ends; shared by all columns of the frame.</summary>
internal sealed class PieceBounds(FramePlan frame, MemoryAllocator allocator) : IDisposable
{
    private OutputBuffer<int>? _from;
    private OutputBuffer<int>? _to;

    public FramePlan Frame => frame;

    public ReadOnlySpan<int> From => _from!.Span;

    public ReadOnlySpan<int> To => _to!.Span;

    /// <summary>Finds the bounds for the rows at hand.</summary>
    public void Fill(in Piece piece)
    {
        Dispose();
        _from = new OutputBuffer<int>(allocator, piece.Length);
        _to = new OutputBuffer<int>(allocator, piece.Length);
        frame.Fill(piece.Rows, piece.Starts, piece.Peers, _from.Span, _to.Span, allocator);
    }

    public void Dispose()
    {
        _from?.Dispose();
        _to?.Dispose();
        _from = null;
        _to = null;
    }
}
