using System.Globalization;

namespace DataEngineX.Benchmarks.Compare;

/// <summary>What a call of <c>compare</c> asks for.</summary>
internal sealed record CompareOptions
{
    public const string Usage =
        """
        compare SUITE [--rows N] [--threads N] [--repeat N] [--json FILE] [--peers A,B] [--tasks A,B] [--nulls PERCENT] [--scaling] [--spoil ENGINE]
          SUITE    groupby, join, 1brc, csv, jsonl, parquet, sort, window, spill, delta, profile or all
          --rows   rows of the largest table, such as 1000000 or 1e6   (default 1e7)
          --threads  threads of each engine                            (default: the number of processors)
          --repeat   measured runs of each engine; slow peers run a third of it (default 7)
          --json   also writes every run's figures to a file
          --peers  engines beside ours and DuckDB, or 'none'           (default: all)
          --tasks  only these tasks                                    (default: all)
          --nulls  share of nulls in the group-by table                (default 0)
          --scaling  measures ours and DuckDB with one thread too, in turn with the others, and shows the speed-up of each
          --spoil  makes an engine's answers wrong, to see that the call then ends with 1
        """;

    public required string Suite { get; init; }

    public long Rows { get; init; } = 10_000_000;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public int Repeat { get; init; } = 7;

    public string? JsonFile { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Peers { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }

    public int NullPercent { get; init; }

    /// <summary>Whether both engines are measured with one thread as well.</summary>
    public bool Scaling { get; init; }

    /// <summary>The engine whose answers are made wrong; null for none.</summary>
    public string? Spoil { get; init; }

    public bool Wants(string engine) => !Scaling && (Peers?.Contains(engine, StringComparer.OrdinalIgnoreCase) ?? true);

    /// <exception cref="ArgumentException">An argument is not understood.</exception>
    public static CompareOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var suite, ..] || suite.StartsWith('-'))
            throw new ArgumentException("Name a suite.");
        var options = new CompareOptions { Suite = suite };
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (arguments[i] == "--scaling")
            {
                options = options with { Scaling = true };
                i--;
                continue;
            }

            if (i + 1 == arguments.Count)
                throw new ArgumentException($"'{arguments[i]}' needs a value.");
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--rows" => options with { Rows = Number(value, 1) },
                "--threads" => options with { Threads = (int)Number(value, 1) },
                "--repeat" => options with { Repeat = (int)Number(value, 1) },
                "--json" => options with { JsonFile = value },
                "--peers" => options with { Peers = value.Split(',') },
                "--tasks" => options with { Tasks = value.Split(',') },
                "--nulls" => options with { NullPercent = (int)Number(value, 0) },
                "--spoil" => options with { Spoil = value },
                _ => throw new ArgumentException($"'{arguments[i]}' is no option."),
            };
        }

        return options;
    }

    private static long Number(string text, long least)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < least || number > 1e12)
            throw new ArgumentException($"'{text}' is no number from {least}.");
        return (long)number;
    }
}
