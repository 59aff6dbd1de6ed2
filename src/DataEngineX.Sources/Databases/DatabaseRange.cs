namespace DataEngineX.Sources;

/// <summary>Rows that are read together: conditions on the cursor column, bounds of the key, and which of many ties are meant.</summary>
internal sealed record DatabaseRange(IReadOnlyList<SqlTest> Tests)
{
    /// <summary>Rows whose key hash is among these are left out: they are done.</summary>
    internal IReadOnlySet<ulong>? Without { get; init; }

    /// <summary>Only rows whose key hash is among these are read: the others came after the run was planned.</summary>
    internal IReadOnlySet<ulong>? Only { get; init; }

    /// <summary>How many rows there must be, where they cannot be told apart.</summary>
    internal long? Count { get; init; }

    /// <summary>Rows after this key.</summary>
    internal IReadOnlyList<object>? After { get; init; }

    /// <summary>Rows up to this key.</summary>
    internal IReadOnlyList<object>? UpTo { get; init; }

    /// <summary>Rows of one cursor value are judged one by one, so they are not read in chunks.</summary>
    internal bool IsWhole => Without is not null || Only is not null || Count is not null;

    internal SqlBuilder Where(SqlBuilder sql, IReadOnlyList<string> key)
    {
        foreach (var test in Tests)
            sql.And().Test(test.Column, test.Comparison, test.Value);
        if (After is not null)
            sql.And().TestKey(key, After, after: true);
        if (UpTo is not null)
            sql.And().TestKey(key, UpTo, after: false);
        return sql;
    }
}
