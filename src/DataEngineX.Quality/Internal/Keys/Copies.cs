namespace DataEngineX.Quality;

/// <summary>The keys that occur more than once.</summary>
internal sealed class Copies : IDisposable
{
    private readonly KeyTable _short;
    private readonly BytesTable _long;

    private Copies(SpillSpace space) => (_short, _long) = (new KeyTable(space), new BytesTable(space));

    public bool Has(Key16 key) => _short.Find(key) != 0;

    public bool Has(ReadOnlySpan<byte> key) => _long.Find(key, BytesTable.Hash(key)) != 0;

    /// <summary>Finds them in a store whose numbers are rows.</summary>
    public static Copies Find(KeyStore store)
    {
        var copies = new Copies(store.Space);
        try
        {
            for (var p = 0; p < KeyStore.Parts; p++)
            {
                using var table = ShortKeys(store, p);
                foreach (ref readonly var record in table.Slots)
                {
                    if (record.Value > 1)
                        copies._short.Add(record.Key, 1);
                }

                using var longTable = LongKeys(store, p);
                for (var i = 0; i < longTable.Count; i++)
                {
                    if (longTable.Value(i) > 1)
                        copies._long.Add(longTable.Key(i), longTable.HashOf(i), 1);
                }
            }

            return copies;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    /// <summary>Takes those found among whole numbers.</summary>
    public static Copies Of(WholeCopies found, WholeKeys keys)
    {
        var copies = new Copies(keys.Space);
        try
        {
            found.CopyTo(copies._short, keys.Form);
            return copies;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    /// <summary>Counts the rows whose key occurs more than once, and keeps the lowest of them.</summary>
    public static long Count(KeyStore store, LowestRows lowest)
    {
        var rows = 0L;
        for (var p = 0; p < KeyStore.Parts; p++)
            rows += CountShort(store, p, lowest) + CountLong(store, p, lowest);
        return rows;
    }

    public void Dispose()
    {
        _short.Dispose();
        _long.Dispose();
    }

    private static long CountShort(KeyStore store, int part, LowestRows lowest)
    {
        using var table = ShortKeys(store, part);
        var rows = 0L;
        foreach (ref readonly var record in table.Slots)
            rows += record.Value > 1 ? record.Value : 0;
        if (rows == 0)
            return 0;
        var buffer = new byte[16];
        store.ReadShort(part, records =>
        {
            foreach (ref readonly var record in records)
            {
                if (lowest.Wants(record.Value) && table.Find(record.Key) > 1)
                    lowest.Add(record.Value, record.Key.Write(buffer), []);
            }
        });
        return rows;
    }

    private static long CountLong(KeyStore store, int part, LowestRows lowest)
    {
        using var table = LongKeys(store, part);
        var rows = 0L;
        for (var i = 0; i < table.Count; i++)
            rows += table.Value(i) > 1 ? table.Value(i) : 0;
        if (rows == 0)
            return 0;
        store.ReadLong(part, (key, row, identity) =>
        {
            if (lowest.Wants(row) && table.Find(key, BytesTable.Hash(key)) > 1)
                lowest.Add(row, key, identity);
        });
        return rows;
    }

    private static KeyTable ShortKeys(KeyStore store, int part)
    {
        var table = new KeyTable(store.Space);
        try
        {
            store.ReadShort(part, table.AddKeys);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static BytesTable LongKeys(KeyStore store, int part)
    {
        var table = new BytesTable(store.Space);
        try
        {
            store.ReadLong(part, (key, _, _) => table.Add(key, BytesTable.Hash(key), 1));
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }
}
