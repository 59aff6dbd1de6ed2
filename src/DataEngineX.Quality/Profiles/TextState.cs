using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A column of text or bytes.</summary>
/// <remarks>
/// While there are few distinct texts only their counts are kept, and what they are made of is found when it is asked for; with too many of
/// them each text is looked at as it comes.
/// </remarks>
internal sealed class TextState(ColumnShape shape) : ColumnState(shape)
{
    private readonly bool _isText = shape.Kind == ValueKind.Text;
    private BytesCounts _counts = new(FixedCounts.Counters);
    private TextFacts _facts = new(shape.Kind == ValueKind.Text);
    private HyperLogLog? _distinct;

    public bool IsExact => _distinct is null;

    public double Distinct => _distinct?.Estimate ?? _counts.Count;

    public BytesCounts Counts => _counts;

    /// <summary>What the texts are made of.</summary>
    public TextFacts Facts()
    {
        if (_distinct is not null)
            return _facts;
        var facts = new TextFacts(_isText);
        facts.Merge(_facts);
        AddKept(facts);
        return facts;
    }

    protected override void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
        if (column.Length == 0)
            return;
        if (column is DictionaryArray dictionary)
            AddCodes(dictionary, presence, rows, scratch);
        else
            AddRows(column, presence, rows);
    }

    protected override void Merge(ColumnState other)
    {
        var next = (TextState)other;
        if (next._distinct is not null)
            Settle();
        _facts.Merge(next._facts);
        if (next._distinct is not null)
            _distinct!.Merge(next._distinct);
        for (var i = 0; i < next._counts.Count; i++)
        {
            var entry = next._counts[i];
            if (_distinct is null && _counts.TryAdd(next._counts.Text(i), entry.Length, entry.Hash, entry.Count))
                continue;
            Settle();
            _distinct.Add(entry.Hash);
            _counts.AddFrequent(next._counts.Text(i), entry.Length, entry.Hash, entry.Count);
            if (next._distinct is null && entry.Length <= BytesCounts.KeptBytes)
                _facts.Add(next._counts.Text(i), entry.Count);
        }

        _counts.AddError(next._counts.Error);
    }

    protected override void SaveValues(BinaryWriter writer)
    {
        _counts.Save(writer);
        _facts.Save(writer);
        writer.Write(_distinct is not null);
        _distinct?.Save(writer);
    }

    protected override void LoadValues(BinaryReader reader)
    {
        _counts = BytesCounts.Load(reader, FixedCounts.Counters);
        _facts = TextFacts.Load(reader, _isText);
        if (reader.ReadBoolean())
            _distinct = HyperLogLog.Load(reader);
    }

    private void AddRows(IArrowArray column, Presence presence, Span<ulong> rows)
    {
        var texts = new TextColumn(column);
        for (var i = 0; i < column.Length; i++)
        {
            var hash = HashMix.Null;
            if (presence.Nulls == 0 || presence[i])
            {
                var text = texts[i];
                hash = HashMix.Of(text);
                AddText(text, hash, 1);
            }

            if (!rows.IsEmpty)
                rows[i] = HashMix.Combine(rows[i], hash);
        }
    }

    /// <summary>Counts the rows of each value of the dictionary, then looks at each value once.</summary>
    private void AddCodes(DictionaryArray column, Presence presence, Span<ulong> rows, Scratch scratch)
    {
        var texts = new TextColumn(column.Dictionary);
        var codes = ((Int32Array)column.Indices).Values;
        var values = column.Dictionary.Length;
        scratch.ReserveCodes(values);
        var counts = scratch.Codes;
        var hashes = scratch.Hashes;
        for (var i = 0; i < values; i++)
            hashes[i] = HashMix.Of(texts[i]);
        for (var i = 0; i < codes.Length; i++)
        {
            var isThere = presence.Nulls == 0 || presence[i];
            if (isThere)
                counts[codes[i]]++;
            if (!rows.IsEmpty)
                rows[i] = HashMix.Combine(rows[i], isThere ? hashes[codes[i]] : HashMix.Null);
        }

        for (var i = 0; i < values; i++)
        {
            if (counts[i] > 0)
                AddText(texts[i], hashes[i], counts[i]);
        }
    }

    private void AddText(ReadOnlySpan<byte> text, ulong hash, long count)
    {
        if (_distinct is null)
        {
            if (_counts.TryAdd(text, hash, count))
            {
                // What is not kept whole is looked at now.
                if (text.Length > BytesCounts.KeptBytes)
                    _facts.Add(text, count);
                return;
            }

            Settle();
        }

        _distinct.Add(hash);
        _counts.AddFrequent(text, text.Length, hash, count);
        _facts.Add(text, count);
    }

    [MemberNotNull(nameof(_distinct))]
    private void Settle()
    {
        if (_distinct is not null)
            return;
        _distinct = new HyperLogLog();
        for (var i = 0; i < _counts.Count; i++)
            _distinct.Add(_counts[i].Hash);
        AddKept(_facts);
    }

    private void AddKept(TextFacts facts)
    {
        for (var i = 0; i < _counts.Count; i++)
        {
            if (_counts[i].Length <= BytesCounts.KeptBytes)
                facts.Add(_counts.Text(i), _counts[i].Count);
        }
    }
}
