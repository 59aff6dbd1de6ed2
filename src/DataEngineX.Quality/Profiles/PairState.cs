using System.Runtime.InteropServices;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>What is known of pairs of columns: exact products for Pearson and nulls, and a sample of rows for what needs ranks or tables.</summary>
internal sealed class PairState
{
    /// <summary>Rows of the sample: those whose place in the stream has the least hashes, so that samples merge.</summary>
    public const int MostRows = 10_000;

    private readonly ColumnShape[] _shapes;
    private readonly Scratch _scratch = new();
    private readonly double[][] _numbers;
    private readonly ulong[][] _cells;
    private readonly PriorityQueue<ulong[], ulong> _sample = new(Comparer<ulong>.Create(static (a, b) => b.CompareTo(a)));
    private int _rows;
    private long _part = -1;
    private ulong _place;

    public PairState(ColumnShape[] shapes)
    {
        _shapes = shapes;
        _numbers = [.. shapes.Select(_ => System.Array.Empty<double>())];
        _cells = [.. shapes.Select(_ => System.Array.Empty<ulong>())];
        Pairs = new PairMoments[shapes.Length * (shapes.Length - 1) / 2];
    }

    /// <summary>The pairs (0, 1), (0, 2) … (1, 2) and so on.</summary>
    public PairMoments[] Pairs { get; }

    public long Rows { get; private set; }

    /// <summary>The rows drawn: bits of a double for numbers, a hash for others, <see cref="HashMix.Null"/> for a missing value.</summary>
    public IReadOnlyList<ulong[]> Sample => [.. _sample.UnorderedItems.OrderBy(i => i.Priority).Select(i => i.Element)];

    public static bool IsNumber(ColumnShape shape) => shape.IsNumber || shape.IsTime;

    public static bool IsCategory(ColumnShape shape) => shape.Kind is ValueKind.Text or ValueKind.Boolean;

    public void Begin(int rows, long part)
    {
        _rows = rows;
        if (part == _part)
            return;
        _part = part;
        _place = HashMix.Of((ulong)part);
    }

    public void Take(int index, IArrowArray column)
    {
        if (_cells[index].Length < _rows)
            (_cells[index], _numbers[index]) = (new ulong[_rows], new double[_rows]);
        var presence = new Presence(column);
        if (IsNumber(_shapes[index]))
            TakeNumbers(index, column, presence);
        else
            TakeOthers(_cells[index], column, presence);
    }

    public void End()
    {
        Rows += _rows;
        var pair = 0;
        for (var a = 0; a < _shapes.Length; a++)
        {
            for (var b = a + 1; b < _shapes.Length; b++, pair++)
                Pairs[pair] = Pairs[pair].Merge(Look(a, b));
        }

        for (var row = 0; row < _rows; row++)
        {
            var priority = HashMix.Of(_place++);
            if (_sample.Count >= MostRows && (!_sample.TryPeek(out _, out var last) || priority >= last))
                continue;
            var cells = new ulong[_shapes.Length];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = _cells[i][row];
            Keep(cells, priority);
        }
    }

    public void Merge(PairState other)
    {
        Rows += other.Rows;
        for (var i = 0; i < Pairs.Length; i++)
            Pairs[i] = Pairs[i].Merge(other.Pairs[i]);
        foreach (var (cells, priority) in other._sample.UnorderedItems)
            Keep(cells, priority);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Rows);
        foreach (var pair in Pairs)
            pair.Save(writer);
        writer.Write7BitEncodedInt(_sample.Count);
        foreach (var (cells, priority) in _sample.UnorderedItems.OrderBy(i => i.Priority))
        {
            writer.Write(priority);
            writer.Write(MemoryMarshal.AsBytes<ulong>(cells));
        }
    }

    public static PairState Load(BinaryReader reader, ColumnShape[] shapes)
    {
        var state = new PairState(shapes) { Rows = StateFormat.Count(reader) };
        for (var i = 0; i < state.Pairs.Length; i++)
            state.Pairs[i] = PairMoments.Load(reader);
        var rows = StateFormat.Length(reader, MostRows);
        for (var i = 0; i < rows; i++)
        {
            var priority = reader.ReadUInt64();
            state._sample.Enqueue(MemoryMarshal.Cast<byte, ulong>(StateFormat.Block(reader, shapes.Length * sizeof(ulong))).ToArray(), priority);
        }

        return state;
    }

    private void Keep(ulong[] cells, ulong priority)
    {
        if (_sample.Count < MostRows)
            _sample.Enqueue(cells, priority);
        else
            _sample.EnqueueDequeue(cells, priority);
    }

    private PairMoments Look(int a, int b)
    {
        if (IsNumber(_shapes[a]) && IsNumber(_shapes[b]))
            return PairMoments.Of(_numbers[a].AsSpan(0, _rows), _numbers[b].AsSpan(0, _rows));
        var (left, right) = (_cells[a], _cells[b]);
        long onlyLeft = 0, onlyRight = 0, both = 0;
        for (var i = 0; i < _rows; i++)
        {
            var (l, r) = (left[i] == HashMix.Null, right[i] == HashMix.Null);
            both += l && r ? 1 : 0;
            onlyLeft += l && !r ? 1 : 0;
            onlyRight += r && !l ? 1 : 0;
        }

        return new PairMoments { NullsTogether = both, NullsLeft = onlyLeft, NullsRight = onlyRight };
    }

    private void TakeNumbers(int index, IArrowArray column, Presence presence)
    {
        var power = _shapes[index].Kind == ValueKind.Decimal ? Math.Pow(10, _shapes[index].Unit) : 1;
        for (var start = 0; start < column.Length; start += Scratch.Block)
        {
            var count = Math.Min(Scratch.Block, column.Length - start);
            FixedReader.Read(column, start, count, _scratch, power);
            for (var i = 0; i < count; i++)
            {
                var number = presence[start + i] ? _scratch.Numbers[i] : double.NaN;
                _numbers[index][start + i] = number;
                _cells[index][start + i] = double.IsNaN(number) ? HashMix.Null : BitConverter.DoubleToUInt64Bits(number + 0.0);
            }
        }
    }

    private static void TakeOthers(ulong[] cells, IArrowArray column, Presence presence)
    {
        var texts = column switch
        {
            StringArray or BinaryArray => new TextColumn(column),
            DictionaryArray dictionary => new TextColumn(dictionary.Dictionary),
            _ => default,
        };
        for (var i = 0; i < column.Length; i++)
        {
            cells[i] = !presence[i] ? HashMix.Null : column switch
            {
                BooleanArray flags => HashMix.Of(flags.GetValue(i) == true ? 1UL : 0),
                DictionaryArray { Indices: Int32Array codes } => HashMix.Of(texts[codes.Values[i]]),
                StringArray or BinaryArray => HashMix.Of(texts[i]),
                _ => 0,
            };
        }
    }
}
