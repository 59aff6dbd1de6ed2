using Apache.Arrow;
using Apache.Arrow.Memory;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>One thread's way through a model: its own input row and its own getters, since ML.NET's share buffers.</summary>
internal sealed class ScoringLane : IDisposable
{
    private readonly ScorerContract _contract;
    private readonly FeatureRow _row;
    private readonly DataViewRow _scored;
    private readonly ValueGetter<float> _score;

    public ScoringLane(ITransformer model, ScorerContract contract)
    {
        _contract = contract;
        _row = new FeatureRow(contract);
        var mapper = model.GetRowToRowMapper(_row.Schema);
        var column = mapper.OutputSchema["Score"];
        _scored = mapper.GetRow(_row, [column]);
        _score = _scored.GetGetter<float>(column);
    }

    public DoubleArray Score(
        IArrowArray[] inputs, int rows, HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? groups, MemoryAllocator allocator)
    {
        var numbers = _contract.Numbers.Count;
        for (var c = 0; c < inputs.Length; c++)
        {
            if (c < numbers)
                NumberFill.For<float>(inputs[c].Data.DataType)!(inputs[c], _row.Number(c, rows).AsSpan(0, rows));
            else
                NumberFill.TextFor(inputs[c].Data.DataType)!(inputs[c], _row.Text(c - numbers, rows).AsSpan(0, rows));
        }

        var builder = new DoubleArray.Builder().Reserve(rows);
        var score = 0f;
        for (var row = 0; row < rows; row++)
        {
            if (!IsComplete(row, groups))
            {
                builder.AppendNull();
                continue;
            }

            _row.MoveTo(row);
            _score(ref score);
            if (float.IsFinite(score))
                builder.Append(score);
            else
                builder.AppendNull();
        }

        return builder.Build(allocator);
    }

    public void Dispose()
    {
        _scored.Dispose();
        _row.Dispose();
    }

    private bool IsComplete(int row, HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? groups)
    {
        for (var c = 0; c < _contract.Numbers.Count; c++)
        {
            if (float.IsNaN(_row.Number(c, 0)[row]))
                return false;
        }

        for (var c = 0; c < _contract.Texts.Count; c++)
        {
            var text = _row.Text(c, 0)[row];
            if (text.Equals(default))
                return false;
            if (groups is { } known && _contract.Texts[c] == _contract.Group && !known.Contains(text.Span))
                return false;
        }

        return true;
    }
}
