using System.Runtime.ExceptionServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>All rules of a suite in one run over one stream.</summary>
internal sealed class SuiteRun : IDisposable
{
    private readonly BoundSuite _suite;
    private readonly RuleContext _context;
    /// <summary>Batches of fewer rows are not worth waking threads for.</summary>
    private const int RowsWorthThreads = 4096;

    private readonly RuleRun[] _rules;
    private readonly int _parallelism;
    private long _rows;

    /// <param name="suite">The suite.</param>
    /// <param name="parameters">Clock and seed.</param>
    /// <param name="allocator">Where rules allocate.</param>
    /// <param name="setsAside">Whether rows are wanted by rule: they will be split, after the last batch where a rule needs all rows.</param>
    /// <param name="options">How samples are kept; null for what the suite says.</param>
    /// <param name="parallelism">How many threads check the rules of a batch.</param>
    /// <param name="references">What is known of other datasets; borrowed. Null when no rule looks at one.</param>
    public SuiteRun(
        BoundSuite suite,
        RunParameters parameters,
        MemoryAllocator allocator,
        bool setsAside,
        CheckOptions? options = null,
        int parallelism = 1,
        ReferenceSet? references = null)
    {
        _suite = suite;
        _parallelism = Math.Min(parallelism, suite.Rules.Count);
        _context = new RuleContext
        {
            Allocator = allocator,
            Parameters = parameters,
            NaNIsMissing = suite.Suite.NaNIsMissing,
            WillRevisit = setsAside && suite.NeedsAllRows,
            MaxSamples = options?.MaxSamples ?? suite.Suite.MaxSamples,
            MaxValueLength = options?.MaxValueLength ?? RuleText.MaxSampleLength,
            References = references,
            KeyOrdinals = BoundSuite.Positions(KeyColumns(suite, options), suite.Schema, "Key columns of samples"),
        };
        _rules = new RuleRun[suite.Rules.Count];
        try
        {
            for (var i = 0; i < _rules.Length; i++)
                _rules[i] = new RuleRun(suite.Rules[i], _context);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The columns that identify a row; where what does not fit is reported, those that are not there tell nothing.</summary>
    private static IReadOnlyList<string> KeyColumns(BoundSuite suite, CheckOptions? options)
    {
        var columns = options?.KeyColumns ?? suite.Suite.KeyColumns;
        return options?.UnfitRules == UnfitRules.Report ? [.. columns.Where(c => suite.Schema.FieldsList.Any(f => f.Name == c))] : columns;
    }

    /// <summary>Checks a batch.</summary>
    /// <param name="batch">Borrowed.</param>
    public void Check(RecordBatch batch)
    {
        var rows = new RuleBatch(batch, _rows, _context, _suite.Origin);
        try
        {
            Each(rows, static (rule, batch) => rule.Check(batch));
        }
        finally
        {
            rows.Release();
        }

        _rows += batch.Length;
    }

    /// <summary>Marks a batch again that was checked before.</summary>
    /// <param name="batch">Borrowed.</param>
    /// <param name="firstRow">The number of its first row.</param>
    public void Revisit(RecordBatch batch, long firstRow)
    {
        var rows = new RuleBatch(batch, firstRow, _context, _suite.Origin);
        try
        {
            Each(rows, static (rule, batch) => rule.Revisit(batch));
        }
        finally
        {
            rows.Release();
        }
    }

    /// <summary>The violations of the last batch, for each rule; null when no row violates a rule.</summary>
    public BatchViolations? TakeViolations()
    {
        int[]?[]? found = null;
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].CopyViolations() is { } rows)
                (found ??= new int[]?[_rules.Length])[i] = rows;
        }

        return found is null ? null : new BatchViolations(found);
    }

    /// <summary>Writes the quarantine rows of a batch.</summary>
    public RecordBatch WriteQuarantine(RecordBatch batch, ReadOnlySpan<int> rows, BatchViolations violations)
    {
        var source = new RuleBatch(batch, 0, _context, _suite.Origin);
        try
        {
            return QuarantineWriter.Write(source, _suite, rows, violations, _context.Allocator);
        }
        finally
        {
            source.Release();
        }
    }

    public SuiteResult Finish()
    {
        var verdicts = new List<Verdict>(_rules.Length);
        var rules = new List<SuiteRule>(_rules.Length);
        var stopping = new List<Verdict>();
        var result = new SuiteResult(verdicts, stopping, true) { Suite = _suite.Suite, Rules = rules, Rows = _rows };
        foreach (var rule in _rules)
        {
            foreach (var verdict in rule.Finish(_suite.Suite.WhenNothingToCheck))
            {
                verdicts.Add(verdict);
                rules.Add(rule.Bound.Entry);
                if (!result.Passes(verdict) && Stops(verdict, rule.Bound.Rule.MarksRows))
                    stopping.Add(verdict);
            }
        }

        return result with { Success = verdicts.TrueForAll(result.Passes) };
    }

    public void Dispose()
    {
        // Some are missing when the memory budget did not even suffice to make all of them.
        foreach (var rule in _rules)
            rule?.Dispose();
    }

    /// <summary>
    /// Each rule sees all batches in order and alone works on its state, so that threads change no verdict: they share the rules of a batch, not
    /// its rows. What rules share of a batch (decoded columns, missing values, filters) is found once.
    /// </summary>
    private void Each(RuleBatch batch, Action<RuleRun, RuleBatch> visit)
    {
        if (_parallelism <= 1 || batch.Length < RowsWorthThreads)
        {
            foreach (var rule in _rules)
                visit(rule, batch);
            return;
        }

        var next = -1;
        ExceptionDispatchInfo? first = null;
        Parallel.For(0, _parallelism, _ =>
        {
            try
            {
                for (var i = Interlocked.Increment(ref next); i < _rules.Length && first is null; i = Interlocked.Increment(ref next))
                    visit(_rules[i], batch);
            }
            catch (Exception error)
            {
                // The memory budget: what a rule itself throws is its verdict.
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(error), null);
            }
        });
        first?.Throw();
    }

    /// <summary>The table of <see cref="Gate"/>, for a verdict that did not pass.</summary>
    private bool Stops(Verdict verdict, bool marksRows) => verdict.Severity switch
    {
        Severity.Info or Severity.Warning => false,
        Severity.Critical => true,
        // What a rule left unchecked, by an error or for want of anything to check, cannot be set aside.
        _ => _suite.Suite.Gate switch
        {
            Gate.Warn => false,
            Gate.Quarantine => !marksRows || verdict.Outcome != VerdictOutcome.Fail || verdict.Checked == 0,
            _ => true,
        },
    };
}
