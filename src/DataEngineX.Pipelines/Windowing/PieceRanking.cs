using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Numbers and ranks the rows of a partition piece by piece.</summary>
internal sealed class PieceRanking(WindowKind kind, int tiles, MemoryAllocator allocator) : PieceColumn
{
    private readonly List<long> _peerEnds = [];
    private long _rows;
    private long _rank;
    private long _denseRank;

    public override bool NeedsSurvey => kind is WindowKind.PercentRank or WindowKind.CumeDist or WindowKind.Tile;

    public override void Survey(RecordBatch rows, ReadOnlySpan<bool> peers)
    {
        if (kind == WindowKind.CumeDist)
        {
            var first = peers.IndexOf(true);
            if (first >= 0)
                EndPeers(_rows + first);
            _peerEnds.Add(-1);
        }

        _rows += rows.Length;
    }

    public override void EndSurvey() => EndPeers(_rows);

    public override IArrowArray Compute(in Piece piece, int from, int to)
    {
        if (WindowAggregates.IsFraction(kind))
        {
            using var fractions = new OutputBuffer<double>(allocator, to - from);
            if (kind == WindowKind.CumeDist)
                CumeDist(piece, from, fractions.Span);
            else
                PercentRank(piece, from, fractions.Span);
            return Assemble.Fixed(DoubleType.Default, to - from, null, fractions);
        }

        using var numbers = new OutputBuffer<long>(allocator, to - from);
        Number(piece, from, numbers.Span);
        return Assemble.Fixed(Int64Type.Default, to - from, null, numbers);
    }

    private void Number(in Piece piece, int from, Span<long> target)
    {
        var (size, larger) = Math.DivRem(_rows, tiles);
        for (var i = 0; i < target.Length; i++)
        {
            var row = piece.Start + from + i;
            if (WindowAggregates.UsesPeers(kind))
                Rank(piece, from + i);
            target[i] = kind switch
            {
                WindowKind.Rank => _rank,
                WindowKind.DenseRank => _denseRank,
                WindowKind.Tile => Rankings.TileOf(row, size, larger),
                _ => row + 1,
            };
        }
    }

    private void PercentRank(in Piece piece, int from, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            Rank(piece, from + i);
            target[i] = _rows == 1 ? 0 : (double)(_rank - 1) / (_rows - 1);
        }
    }

    private void CumeDist(in Piece piece, int from, Span<double> target)
    {
        for (var i = from; i < from + target.Length;)
        {
            var next = piece.Peers[(i + 1)..].IndexOf(true);
            var end = next < 0 ? _peerEnds[piece.Batches - 1] : piece.Start + i + 1 + next;
            var last = next < 0 ? from + target.Length : Math.Min(from + target.Length, i + 1 + next);
            target[(i - from)..(last - from)].Fill((double)end / _rows);
            i = last;
        }
    }

    /// <summary>Moves on to a row; the one before is at hand unless it is the first.</summary>
    private void Rank(in Piece piece, int row)
    {
        if (piece.Start + row > 0 && !piece.Peers[row])
            return;
        _rank = piece.Start + row + 1;
        _denseRank++;
    }

    /// <summary>Says where the rows end that are equal to the last one of each batch that has waited for it.</summary>
    private void EndPeers(long end)
    {
        for (var b = _peerEnds.Count - 1; b >= 0 && _peerEnds[b] < 0; b--)
            _peerEnds[b] = end;
    }
}
