namespace LakehouseExplorer;

/// <summary>What can be asked.</summary>
internal static class Usage
{
    internal const string Text = """
        Looks into a Delta table on the local disk, whoever wrote it.

          LakehouseExplorer cat TABLE      its rows
          LakehouseExplorer schema TABLE   its columns
          LakehouseExplorer history TABLE  its commits, newest first
          LakehouseExplorer files TABLE    its data files
          LakehouseExplorer changes TABLE --from N [--to M]
                                           the rows that versions N to M inserted, deleted and updated

        TABLE is a folder that holds _delta_log.

          --version N      as of a version (cat, schema, files)
          --as-of TIME     as of a time, such as 2024-05-01T12:00:00Z; UTC where it has no zone (cat, schema, files)
          --where EXPR     only rows that satisfy a condition in SQL: "day >= '2024-01-01' and station in ('a', 'b')" (cat)
          --output FILE    all rows into FILE, by its end .parquet, .csv or .jsonl; an existing file is replaced
          --rows N         rows shown on the terminal at most; 0 for all (default 40)
          --width N        characters in a line on the terminal (default: what the terminal has, else 120)

        The exit code is 0, or 1 with one line on the standard error that says what cannot be read and why, or 2 where the question
        was not understood.

        """;
}
