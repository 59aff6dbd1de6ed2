using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>All rules of a suite in one run over one stream.</summary>
/// <remarks>
/// Batches are looked at side by side: each thread has states of its own, which are merged after the last batch. Rules that need all batches in
/// order have one state each and see one batch after the other. Neither threads nor the cut of batches change a verdict.
/// </remarks>
internal sealed class SuiteRun : IDisposable
{
    private readonly BoundSuite _suite;
    private readonly RuleContext _context;
    private readonly SpillSpace _space;
    private readonly int _parallelism;
    private readonly bool _wantsRows;
    private readonly RuleRun[] _rules;
    private readonly int[] _inOrder;
    private readonly int[] _apart;
    private readonly ConcurrentStack<Worker> _idle = [];
    private readonly List<Worker> _workers = [];
    private readonly RowScratch _orderedScratch = new();
    private Task _lane = Task.CompletedTask;
    private long _rows;

    /// <param name="suite">The suite.</param>
    /// <param name="parameters">Clock and seed.</param>
    /// <param name="allocator">Where rules allocate.</param>
    /// <param name="setsAside">Whether rows are wanted by rule: they will be split, after the last batch where a rule needs all rows.</param>
    /// <param name="options">How samples are kept; null for what the suite says.</param>
    /// <param name="parallelism">How many batches are looked at side by side.</param>
    /// <param name="references">What is known of other datasets; borrowed. Null when no rule looks at one.</param>
    /// <param name="scratchFolder">Where what does not fit the memory goes; null for the system's temporary folder.</param>
    public SuiteRun(
        BoundSuite suite,
        RunParameters parameters,
        MemoryAllocator allocator,
        bool setsAside,
        CheckOptions? options = null,
        int parallelism = 1,
        ReferenceSet? references = null,
        string? scratchFolder = null)
    {
        _suite = suite;
        _parallelism = Math.Max(1, parallelism);
        _wantsRows = setsAside;
        _space = new SpillSpace(allocator, scratchFolder);
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
            Space = _space,
            Threads = _parallelism,
        };
        _rules = new RuleRun[suite.Rules.Count];
        _inOrder = [.. Enumerable.Range(0, _rules.Length).Where(i => suite.Rules[i].Rule.InOrder)];
        _apart = [.. Enumerable.Range(0, _rules.Length).Where(i => !suite.Rules[i].Rule.InOrder)];
        try
        {
            for (var i = 0; i < _rules.Length; i++)
                _rules[i] = new RuleRun(suite.Rules[i], _context);
            // The first thread works on the states that are kept.
            _idle.Push(new Worker(_rules));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows checked.</summary>
    public long Rows => _rows;

    /// <summary>The bytes put aside on disk.</summary>
    public long SpilledBytes => _space.SpilledBytes;

    /// <summary>Checks a stream and gives its batches in order; after the last, <see cref="Finish"/> tells.</summary>
    /// <param name="input">The batches; taken.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async IAsyncEnumerable<CheckedBatch> CheckAsync(IAsyncEnumerable<RecordBatch> input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<Task<CheckedBatch>>();
        try
        {
            await foreach (var batch in input.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var first = _rows;
                _rows += batch.Length;
                running.Enqueue(Start(batch, first));
                if (running.Count >= _parallelism)
                    yield return await running.Dequeue().ConfigureAwait(false);
            }

            while (running.TryDequeue(out var next))
                yield return await next.ConfigureAwait(false);
            Join();
        }
        finally
        {
            // What is still at work when something failed before it.
            while (running.TryDequeue(out var rest))
            {
                await rest.ContinueWith(
                    static t => _ = t.IsCompletedSuccessfully ? Dropped(t.Result.Batch) : t.Exception is null,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Marks a batch again that was checked before.</summary>
    /// <param name="batch">Borrowed.</param>
    /// <param name="firstRow">The number of its first row.</param>
    /// <returns>The rows that are known to violate only now; null for none.</returns>
    public BatchViolations? Revisit(RecordBatch batch, long firstRow)
    {
        var rows = new RuleBatch(batch, firstRow, _context, _suite.Origin);
        try
        {
            var found = new int[]?[_rules.Length];
            for (var i = 0; i < found.Length; i++)
                found[i] = _rules[i].Revisit(rows, _orderedScratch);
            return Violations(found);
        }
        finally
        {
            rows.Release();
        }
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

    /// <summary>Takes in a run of the same suite over the rows that follow.</summary>
    public void Merge(SuiteRun later)
    {
        for (var i = 0; i < _rules.Length; i++)
            _rules[i].Merge(later._rules[i], _rows);
        _rows += later._rows;
    }

    /// <summary>Writes what all rules know.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_rows);
        foreach (var rule in _rules)
            rule.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote into a new run.</summary>
    public void Load(BinaryReader reader)
    {
        _rows = StateFormat.Count(reader);
        foreach (var rule in _rules)
            rule.Load(reader);
    }

    public SuiteResult Finish()
    {
        var verdicts = new List<Verdict>(_rules.Length);
        var rules = new List<SuiteRule>(_rules.Length);
        var stopping = new List<Verdict>();
        var result = new SuiteResult(verdicts, stopping, true) { Suite = _suite.Suite, Rules = rules, Rows = _rows, Schema = _suite.Schema };
        foreach (var own in FinishAll())
        {
            foreach (var verdict in own.Verdicts)
            {
                verdicts.Add(verdict);
                rules.Add(own.Rule.Bound.Entry);
                if (!result.Passes(verdict) && Stops(verdict, own.Rule.Bound.Rule.MarksRows))
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
        foreach (var worker in _workers)
            worker.Dispose();
        _workers.Clear();
        _space.Dispose();
    }

    /// <summary>
    /// The columns that identify a row. Those the caller asks for must be there; those of the suite tell nothing where they are not and what does not fit is
    /// reported.
    /// </summary>
    private static IReadOnlyList<string> KeyColumns(BoundSuite suite, CheckOptions? options)
    {
        if (options?.KeyColumns is { } asked)
            return asked;
        var columns = suite.Suite.KeyColumns;
        return options?.UnfitRules == UnfitRules.Report ? [.. columns.Where(c => suite.Schema.FieldsList.Any(f => f.Name == c))] : columns;
    }

    private static bool Dropped(RecordBatch batch)
    {
        batch.Dispose();
        return true;
    }

    private static BatchViolations? Violations(int[]?[] found) => System.Array.TrueForAll(found, f => f is null) ? null : new BatchViolations(found);

    /// <summary>Starts to look at a batch; with one thread, looks at it at once.</summary>
    private Task<CheckedBatch> Start(RecordBatch batch, long first)
    {
        var rows = new RuleBatch(batch, first, _context, _suite.Origin);
        var found = new int[]?[_rules.Length];
        if (_parallelism == 1)
            return Settle(Do(() => CheckInOrder(rows, found)), Do(() => CheckApart(rows, found)), batch, first, rows, found);
        // One batch after the other goes through the rules that need them in order.
        _lane = _inOrder.Length == 0
            ? Task.CompletedTask
            : _lane.ContinueWith(_ => CheckInOrder(rows, found), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return Settle(_lane, Task.Run(() => CheckApart(rows, found)), batch, first, rows, found);
    }

    private static Task Do(Action work)
    {
        try
        {
            work();
            return Task.CompletedTask;
        }
        catch (Exception error)
        {
            return Task.FromException(error);
        }
    }

    private async Task<CheckedBatch> Settle(Task inOrder, Task apart, RecordBatch batch, long first, RuleBatch rows, int[]?[] found)
    {
        try
        {
            await Task.WhenAll(inOrder, apart).ConfigureAwait(false);
            return new CheckedBatch(batch, first, _wantsRows ? Violations(found) : null);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        finally
        {
            rows.Release();
        }
    }

    private void CheckInOrder(RuleBatch rows, int[]?[] found)
    {
        foreach (var i in _inOrder)
            found[i] = _rules[i].Check(rows, _orderedScratch, _wantsRows);
    }

    private void CheckApart(RuleBatch rows, int[]?[] found)
    {
        if (_apart.Length == 0)
            return;
        if (!_idle.TryPop(out var worker))
        {
            worker = new Worker(_suite, _context, _apart);
            lock (_workers)
                _workers.Add(worker);
        }

        foreach (var i in _apart)
            found[i] = worker.Rules[i]!.Check(rows, worker.Scratch, _wantsRows);
        _idle.Push(worker);
    }

    /// <summary>Merges what the threads know.</summary>
    private void Join()
    {
        foreach (var worker in _workers)
        {
            foreach (var i in _apart)
                _rules[i].Merge(worker.Rules[i]!, 0);
            worker.Dispose();
        }

        _workers.Clear();
        _idle.Clear();
        _idle.Push(new Worker(_rules));
    }

    /// <summary>The verdicts of each rule: those that sort and count much are found side by side.</summary>
    private (RuleRun Rule, IReadOnlyList<Verdict> Verdicts)[] FinishAll()
    {
        var found = new (RuleRun, IReadOnlyList<Verdict>)[_rules.Length];
        if (_parallelism == 1)
        {
            for (var i = 0; i < found.Length; i++)
                found[i] = (_rules[i], _rules[i].Finish(_suite.Suite.WhenNothingToCheck));
            return found;
        }

        try
        {
            Parallel.For(
                0,
                found.Length,
                new ParallelOptions { MaxDegreeOfParallelism = _parallelism },
                i => found[i] = (_rules[i], _rules[i].Finish(_suite.Suite.WhenNothingToCheck)));
        }
        catch (AggregateException errors)
        {
            // The memory budget or the disk: what a rule itself throws is its verdict.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return found;
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

    /// <summary>The states of one thread, for the rules that do not need all batches in order.</summary>
    private sealed class Worker : IDisposable
    {
        public Worker(RuleRun[] rules) => Rules = rules;

        public Worker(BoundSuite suite, RuleContext context, int[] apart)
        {
            Rules = new RuleRun?[suite.Rules.Count];
            try
            {
                foreach (var i in apart)
                    Rules[i] = new RuleRun(suite.Rules[i], context);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public RuleRun?[] Rules { get; }

        public RowScratch Scratch { get; } = new();

        public void Dispose()
        {
            foreach (var rule in Rules)
                rule?.Dispose();
        }
    }
}
