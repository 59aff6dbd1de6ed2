namespace DataEngineX.Quality;

/// <summary>
/// How often each value of one or more columns occurs: counted in a small table that fits the processor's caches, from which counts move to parts
/// when it is full. While nearly all keys are new to the table, they go to the parts at once.
/// </summary>
internal sealed class KeyCounts : IDisposable
{
    /// <summary>The keys the small table holds: with room for more it would leave the caches.</summary>
    private const int MaxLocal = 9_000;

    private const int MaxLocalBytes = 512 * 1024;

    /// <summary>The rows that pass the small table by once it proved useless; then it is tried again.</summary>
    private const int RowsPast = 1 << 20;

    /// <summary>So many bytes of keys are counted by several threads, so many parts at once.</summary>
    private const long BytesOfMany = 4 << 20;

    private const int PartsAtOnce = 8;

    private readonly RuleContext _context;
    private readonly KeyEncoder _encoder;
    private readonly KeyTable _local;
    private readonly BytesTable _localLong;
    private readonly KeyStore _store;
    private readonly WholeForm? _form;
    private readonly DistinctBits? _bits;
    private long? _distinct;
    private long _added;
    private int _past;

    /// <param name="columns">The columns.</param>
    /// <param name="context">The run.</param>
    /// <param name="onlyDistinct">Whether only <see cref="Total"/> and <see cref="Distinct"/> are asked for, and not how often each value occurs.</param>
    public KeyCounts(IReadOnlyList<StoredColumn> columns, RuleContext context, bool onlyDistinct = false)
    {
        _context = context;
        _encoder = new KeyEncoder(columns);
        _local = new KeyTable(context.Space);
        _localLong = new BytesTable(context.Space);
        _store = new KeyStore(context.Space);
        _form = columns.Count == 1 ? WholeForm.Of(columns[0].Type) : null;
        if (onlyDistinct && columns is [var column] && (_form is not null || column.Kind == ColumnKind.Text))
            _bits = new DistinctBits(column, context.Space);
    }

    /// <summary>Takes a key and its count.</summary>
    public delegate void Visitor(ReadOnlySpan<byte> key, long count);

    /// <summary>The rows counted.</summary>
    public long Total { get; private set; }

    /// <summary>The different values.</summary>
    public long Distinct => _distinct ??= CountDistinct();

    /// <summary>Counts the rows that are checked.</summary>
    public void Add(RuleBatch batch, ReadOnlySpan<RowMark> marks)
    {
        _distinct = null;
        if (_encoder.Columns is [{ Kind: ColumnKind.Text } column] && batch.Codes(column.Ordinal) is { } codes)
        {
            AddCodes(codes, marks);
            return;
        }

        if (_form is { } form && NearCounts.TryAdd(batch.Column(_encoder.Columns[0].Ordinal), form, marks, _local) is var near and >= 0)
        {
            Total += near;
            if (_local.Count > MaxLocal)
                Flush();
            return;
        }

        if (_bits?.TryAdd(batch.Column(_encoder.Columns[0].Ordinal), marks) is { } rows and >= 0)
        {
            Total += rows;
            return;
        }

        var keys = EncodedKeys.OfThread();
        _encoder.Encode(batch, marks, _context.NaNIsMissing, keys);
        Total += keys.Keys.Length + keys.LongCount;
        AddShort(keys.Keys);
        for (var i = 0; i < keys.LongCount; i++)
            AddLong(keys.Long(i, out _), 1);
    }

    /// <summary>The entropy of the frequencies in nats; the same for any order, since equal counts are summed as one.</summary>
    public double Entropy()
    {
        var frequencies = new SortedDictionary<long, long>();
        Visit((_, count) => frequencies[count] = frequencies.GetValueOrDefault(count) + 1);
        var entropy = 0d;
        foreach (var (count, keys) in frequencies)
        {
            var share = count / (double)Total;
            entropy -= keys * (share * Math.Log(share));
        }

        return entropy;
    }

    /// <summary>Visits each different key once.</summary>
    public void Visit(Visitor visitor)
    {
        FlushAll();
        var buffer = new byte[16];
        for (var p = 0; p < KeyStore.Parts; p++)
        {
            using var table = Gather(p);
            foreach (ref readonly var record in table.Slots)
            {
                if (record.Value != 0)
                    visitor(record.Key.Write(buffer), record.Value);
            }

            using var longTable = GatherLong(p);
            for (var i = 0; i < longTable.Count; i++)
                visitor(longTable.Key(i), longTable.Value(i));
        }
    }

    /// <summary>Takes in other counts.</summary>
    public void Merge(KeyCounts other)
    {
        _distinct = null;
        if (_bits is { } bits && other._bits is { } others && !bits.TryMerge(others))
            others.MoveTo(_store);
        Flush();
        other.Flush();
        _store.Merge(other._store, 0);
        Total += other.Total;
    }

    public void Save(BinaryWriter writer)
    {
        FlushAll();
        writer.Write(Total);
        _store.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        Total = StateFormat.Count(reader);
        _store.Load(reader);
    }

    public void Dispose()
    {
        _local.Dispose();
        _localLong.Dispose();
        _store.Dispose();
        _bits?.Dispose();
    }

    private void AddCodes(TextCodes codes, ReadOnlySpan<RowMark> marks)
    {
        Span<int> counts = stackalloc int[TextCodes.Most];
        counts = counts[..Math.Max(1, codes.Count)];
        counts.Clear();
        var all = codes.Codes(marks.Length);
        for (var i = 0; i < all.Length; i++)
            counts[all[i]] += marks[i] == RowMark.Holds ? 1 : 0;
        var texts = new TextColumn(codes.Values);
        for (var i = 0; i < codes.Count; i++)
        {
            if (counts[i] == 0)
                continue;
            var text = texts[codes.Positions[i]];
            if (text.Length <= Key16.MaxLength)
                _local.Add(Key16.Of(text), counts[i]);
            else
                AddLong(text, counts[i]);
            Total += counts[i];
        }

        if (_local.Count > MaxLocal)
            Flush();
    }

    private void AddLong(ReadOnlySpan<byte> key, long count)
    {
        _localLong.Add(key, BytesTable.Hash(key), count);
        if (_localLong.Bytes > MaxLocalBytes)
            Flush();
    }

    /// <summary>Moves all that is not in the parts there; what comes afterwards may be gathered before them again.</summary>
    private void FlushAll()
    {
        _bits?.MoveTo(_store);
        Flush();
    }

    /// <summary>Moves the small tables to the parts.</summary>
    private void Flush()
    {
        if (_local.Count > 0)
        {
            var slots = _local.Slots;
            var kept = 0;
            // The full slots move to the front, and the table begins anew.
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i].Value != 0)
                    slots[kept++] = slots[i];
            }

            _store.Add(slots[..kept]);
            _local.Clear();
            _added = 0;
        }

        for (var i = 0; i < _localLong.Count; i++)
            _store.Add(_localLong.Key(i), _localLong.HashOf(i), _localLong.Value(i), []);
        if (_localLong.Count > 0)
            _store.SpillWhenFull();
        _localLong.Clear();
    }

    /// <summary>Counts part by part, on several threads where there are many keys.</summary>
    private long CountDistinct()
    {
        Flush();
        if (_bits is { IsEmpty: false } bits && _store.Bytes == 0)
            return bits.Count;
        FlushAll();
        if (_context.Threads == 1 || _store.Bytes < BytesOfMany)
            return CountDistinct(0, KeyStore.Parts);
        var distinct = 0L;
        try
        {
            Parallel.For(
                0,
                KeyStore.Parts / PartsAtOnce,
                new ParallelOptions { MaxDegreeOfParallelism = _context.Threads },
                i => Interlocked.Add(ref distinct, CountDistinct(i * PartsAtOnce, PartsAtOnce)));
        }
        catch (AggregateException errors)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return distinct;
    }

    private long CountDistinct(int first, int parts)
    {
        var distinct = 0L;
        using var table = new KeyTable(_context.Space);
        using var longTable = new BytesTable(_context.Space);
        for (var p = first; p < first + parts; p++)
        {
            table.Clear();
            longTable.Clear();
            _store.ReadShort(p, table.Add);
            _store.ReadOnes(p, table.Add);
            _store.ReadLong(p, (key, count, _) => longTable.Add(key, BytesTable.Hash(key), count));
            distinct += table.Count + longTable.Count;
        }

        return distinct;
    }

    private void AddShort(ReadOnlySpan<Key16> keys)
    {
        while (!keys.IsEmpty)
        {
            // In steps, so that the small table stays small.
            var step = keys[..Math.Min(keys.Length, 4096)];
            keys = keys[step.Length..];
            if (_past > 0)
            {
                _store.AddOnes(step);
                _past -= step.Length;
                continue;
            }

            _local.Add(step);
            _added += step.Length;
            if (_local.Count <= MaxLocal)
                continue;
            _past = _added < 2 * _local.Count ? RowsPast : 0;
            Flush();
        }
    }

    private KeyTable Gather(int part)
    {
        var table = new KeyTable(_context.Space);
        try
        {
            _store.ReadShort(part, table.Add);
            _store.ReadOnes(part, table.Add);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private BytesTable GatherLong(int part)
    {
        var table = new BytesTable(_context.Space);
        try
        {
            _store.ReadLong(part, (key, count, _) => table.Add(key, BytesTable.Hash(key), count));
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }
}
