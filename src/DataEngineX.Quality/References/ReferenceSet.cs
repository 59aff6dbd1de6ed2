using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>What the rules of a suite know of other datasets in one run. Each dataset is read once for all of them.</summary>
internal sealed class ReferenceSet : IDisposable
{
    private readonly Dictionary<BoundRule, ReferenceReader> _readers = new(ReferenceEqualityComparer.Instance);

    private readonly SpillSpace _space;

    private ReferenceSet(SpillSpace space) => _space = space;

    /// <summary>Reads the datasets that rules are held against.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="open">Gives the rows of a dataset by its name; called once a name.</param>
    /// <param name="parameters">Clock and seed.</param>
    /// <param name="allocator">Where readers allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <param name="scratchFolder">Where what does not fit the memory goes; null for the system's temporary folder.</param>
    public static async ValueTask<ReferenceSet> ReadAsync(
        BoundSuite suite,
        Func<string, IAsyncEnumerable<RecordBatch>> open,
        RunParameters parameters,
        MemoryAllocator allocator,
        CancellationToken cancellationToken,
        string? scratchFolder = null)
    {
        var set = new ReferenceSet(new SpillSpace(allocator, scratchFolder));
        try
        {
            var context = new RuleContext { Allocator = allocator, Parameters = parameters, NaNIsMissing = suite.Suite.NaNIsMissing, Space = set._space };
            foreach (var rules in suite.Rules.Select(r => r.Rule).OfType<ReferencedRule>().GroupBy(r => r.Reference, StringComparer.Ordinal))
                await set.ReadAsync([.. rules], open(rules.Key), context, cancellationToken).ConfigureAwait(false);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>The bytes put aside on disk.</summary>
    public long SpilledBytes => _space.SpilledBytes;

    public ReferenceReader Of(ReferencedRule rule) => _readers[rule];

    public void Dispose()
    {
        foreach (var reader in _readers.Values)
            reader.Dispose();
        _space.Dispose();
    }

    private async ValueTask ReadAsync(
        IReadOnlyList<ReferencedRule> rules, IAsyncEnumerable<RecordBatch> rows, RuleContext context, CancellationToken cancellationToken)
    {
        foreach (var rule in rules)
            _readers.Add(rule, rule.CreateReader(context));
        await foreach (var batch in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var rule in rules)
                    _readers[rule].Read(batch);
            }
        }
    }
}
