using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>
/// Keeps the key and number of each row; which rows are copies is known only when all are there. Whole numbers are kept as they come as long as that
/// tells the same, all other keys are hashed.
/// </summary>
internal sealed class UniqueState : RuleState
{
    private readonly int[] _ordinals;
    private readonly RuleContext _context;
    private readonly IgnoredRows _ignored;
    private readonly KeyEncoder _encoder;
    private readonly KeyStore _store;
    private WholeKeys? _whole;
    private Copies? _copies;
    private long _checked;

    public UniqueState(StoredColumn[] columns, IgnoredRows ignored, RuleContext context)
    {
        _ordinals = [.. columns.Select(c => c.Ordinal)];
        _ignored = ignored;
        _context = context;
        _encoder = new KeyEncoder(columns);
        _store = new KeyStore(context.Space);
        if (columns.Length == 1 && WholeForm.Of(columns[0].Type) is { } form)
            _whole = new WholeKeys(form, context.Space);
    }

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        MissingRows.Skip(batch, _ordinals, _ignored, marks);
        if (_whole is { } whole)
        {
            var before = whole.Count;
            // What is kept of a row beside its number stands with its hashed key.
            if (!batch.HasIdentity && whole.TryAdd(batch, batch.Column(_ordinals[0]), marks))
            {
                _checked += whole.Count - before;
                return;
            }

            Hash();
        }

        var keys = Encode(batch, marks);
        _checked += keys.Keys.Length + keys.LongCount;
        var records = ArrayPool<KeyRecord>.Shared.Rent(Math.Max(1, keys.Keys.Length));
        for (var i = 0; i < keys.Keys.Length; i++)
            records[i] = new KeyRecord(keys.Keys[i], batch.RowNumber(keys.Rows[i]));
        _store.Add(records.AsSpan(0, keys.Keys.Length));
        ArrayPool<KeyRecord>.Shared.Return(records);
        for (var i = 0; i < keys.LongCount; i++)
        {
            var key = keys.Long(i, out var row);
            _store.Add(key, BytesTable.Hash(key), batch.RowNumber(row), batch.HasIdentity ? SampleFormat.Identity(batch, row) : []);
        }

        if (keys.LongCount > 0)
            _store.SpillWhenFull();
    }

    public override void Revisit(RuleBatch batch, Span<RowMark> marks)
    {
        MissingRows.Skip(batch, _ordinals, _ignored, marks);
        var copies = _copies ??= FindCopies();
        var keys = Encode(batch, marks);
        for (var i = 0; i < keys.Keys.Length; i++)
        {
            if (copies.Has(keys.Keys[i]))
                marks[keys.Rows[i]] = RowMark.Violates;
        }

        for (var i = 0; i < keys.LongCount; i++)
        {
            var key = keys.Long(i, out var row);
            if (copies.Has(key))
                marks[row] = RowMark.Violates;
        }
    }

    public override void Merge(RuleState other, long rowsBefore)
    {
        var own = (UniqueState)other;
        if (_whole is { } whole && own._whole is { } others)
        {
            whole.Merge(others, rowsBefore);
        }
        else
        {
            Hash();
            own.Hash();
            _store.Merge(own._store, rowsBefore);
        }

        _checked += own._checked;
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_checked);
        if (_whole is null)
        {
            _store.Save(writer);
            return;
        }

        using var hashed = new KeyStore(_context.Space);
        _whole.CopyTo(hashed);
        hashed.Save(writer);
    }

    public override void Load(BinaryReader reader)
    {
        _checked = StateFormat.Count(reader);
        Hash();
        _store.Load(reader);
    }

    public override Verdict Finish(Verdict counted)
    {
        var lowest = new LowestRows(Math.Max(_context.MaxSamples, FailingRows.Counted));
        var failed = CountCopies(lowest);
        var failing = new FailingRows(_context.MaxSamples);
        foreach (var (row, key, identity) in lowest.InOrder())
        {
            var (text, json) = KeyTexts.Short(_encoder, key, _context.MaxValueLength);
            failing.Add(SampleFormat.WithIdentity(new VerdictSample(row, text) { Json = json }, identity));
        }

        return counted with
        {
            Outcome = _context.Decide(_checked, failed),
            Checked = _checked,
            Failed = failed,
            Samples = failing.Samples(),
            CommonValues = failing.Common(),
        };
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _whole?.Dispose();
        _copies?.Dispose();
        base.Dispose(disposing);
    }

    private long CountCopies(LowestRows lowest)
    {
        if (_whole is { } whole)
        {
            using var copies = WholeCopies.TryFind(whole);
            if (copies is not null)
                return copies.Count(whole, lowest);
            Hash();
        }

        return Copies.Count(_store, lowest);
    }

    private Copies FindCopies()
    {
        if (_whole is { } whole)
        {
            using var copies = WholeCopies.TryFind(whole);
            if (copies is not null)
                return Copies.Of(copies, whole);
            Hash();
        }

        return Copies.Find(_store);
    }

    /// <summary>Hashes the keys that were kept as they came.</summary>
    private void Hash()
    {
        if (_whole is not { } whole)
            return;
        whole.CopyTo(_store);
        whole.Dispose();
        _whole = null;
    }

    private EncodedKeys Encode(RuleBatch batch, ReadOnlySpan<RowMark> marks)
    {
        var keys = EncodedKeys.OfThread(batch.HasIdentity);
        _encoder.Encode(batch, marks, _context.NaNIsMissing, keys);
        return keys;
    }
}
