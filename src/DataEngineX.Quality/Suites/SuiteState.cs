using System.Security.Cryptography;
using System.Text;
using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// What the rules of a suite know of the rows they have seen. It merges with that of the rows that follow and is saved and loaded, so that days add
/// up without being read again: the verdict on all days is just that of one pass over their rows.
/// </summary>
/// <remarks>
/// Rules that are exact keep what they need: unique its keys, a median its values. A state holds memory of its allocator, and a file when that is
/// short, until it is disposed. Not thread-safe.
/// </remarks>
public sealed class SuiteState : IDisposable
{
    private const int FormatVersion = 1;

    private readonly SuiteRun _run;
    private readonly ReferenceSet? _references;
    private readonly byte[] _identity;
    private bool _isUsedUp;

    private SuiteState(SuiteRun run, ReferenceSet? references, Schema schema, byte[] identity) =>
        (_run, _references, Schema, _identity) = (run, references, schema, identity);

    private static ReadOnlySpan<byte> Magic => "DEXSUITE"u8;

    /// <summary>The schema of the rows.</summary>
    public Schema Schema { get; }

    /// <summary>The rows seen.</summary>
    public long Rows => _run.Rows;

    /// <summary>The bytes that were put aside on disk.</summary>
    public long SpilledBytes => _run.SpilledBytes;

    /// <summary>Shows rows to a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="batches">The rows; each batch is disposed once it is seen.</param>
    /// <param name="schema">Their schema.</param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">A rule does not fit the schema, and options do not say to report that.</exception>
    public static async ValueTask<SuiteState> ObserveAsync(
        Suite suite, IAsyncEnumerable<RecordBatch> batches, Schema schema, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(schema);
        options = WithAllocator(options);
        var bound = suite.BindAlone(schema, options);
        var references = await ReferenceSet.ReadAsync(
            bound, name => options.References[name].ReadAsync(cancellationToken), ParametersOf(options), options.Allocator!, cancellationToken, options.ScratchFolder).ConfigureAwait(false);
        var state = Create(bound, references, options);
        try
        {
            await foreach (var entry in state._run.CheckAsync(batches, cancellationToken).ConfigureAwait(false))
                entry.Batch.Dispose();
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Reads a state. Other datasets that its rules hold rows against are not read again: what was observed of them is in the state.</summary>
    /// <param name="stream">Where <see cref="Save"/> wrote it.</param>
    /// <param name="suite">The suite it is of.</param>
    /// <param name="schema">The schema of the rows it has seen.</param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <exception cref="FormatException">It is no state, is damaged, of a version not known here, or of another suite, schema or way to keep samples.</exception>
    /// <exception cref="PlanException">A rule does not fit the schema, and options do not say to report that.</exception>
    public static SuiteState Load(Stream stream, Suite suite, Schema schema, CheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(schema);
        options = WithAllocator(options);
        var state = Create(suite.BindAlone(schema, options), null, options);
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            return StateFormat.Guard("state of a suite", () =>
            {
                if (!StateFormat.Block(reader, Magic.Length).AsSpan().SequenceEqual(Magic))
                    throw new FormatException("This is no state of a suite.");
                if (reader.ReadInt32() is var version && version != FormatVersion)
                    throw new FormatException($"The state of a suite has version {version}; this program reads version {FormatVersion}.");
                if (!StateFormat.Block(reader, state._identity.Length).AsSpan().SequenceEqual(state._identity))
                    throw new FormatException("The state is of another suite, of rows of another schema, or keeps samples in another way.");
                state._run.Load(reader);
                return state;
            });
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Writes the state. It stays as it is.</summary>
    /// <param name="stream">Takes it; left open.</param>
    /// <exception cref="NotSupportedException">The suite holds a rule of one's own whose states cannot be saved.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ThrowIfUsedUp();
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(_identity);
        _run.Save(writer);
    }

    /// <summary>Takes in the state of the rows that follow; their numbers go on where these end.</summary>
    /// <param name="later">The state of the same suite over rows of the same schema; used up, and only to be disposed.</param>
    /// <exception cref="ArgumentException">It is of another suite or schema, or this very state.</exception>
    /// <exception cref="NotSupportedException">The suite holds a rule of one's own whose states do not merge.</exception>
    public void Merge(SuiteState later)
    {
        ArgumentNullException.ThrowIfNull(later);
        ThrowIfUsedUp();
        later.ThrowIfUsedUp();
        if (ReferenceEquals(this, later) || !_identity.AsSpan().SequenceEqual(later._identity))
            throw new ArgumentException("Only the states of one suite over rows of one schema, with samples kept in one way, add up.", nameof(later));
        later._isUsedUp = true;
        _run.Merge(later._run);
    }

    /// <summary>The verdicts on all rows seen so far. More may be merged afterwards.</summary>
    public SuiteResult Finish()
    {
        ThrowIfUsedUp();
        return _run.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _references?.Dispose();
    }

    private static SuiteState Create(BoundSuite bound, ReferenceSet? references, CheckOptions options)
    {
        try
        {
            var run = new SuiteRun(
                bound, ParametersOf(options), options.Allocator!, setsAside: false, options, options.Parallelism, references, options.ScratchFolder);
            return new SuiteState(run, references, bound.Schema, IdentityOf(bound.Suite, bound.Schema, options));
        }
        catch
        {
            references?.Dispose();
            throw;
        }
    }

    private static RunParameters ParametersOf(CheckOptions options) => new(options.Clock.GetUtcNow());

    /// <summary>Arrow's own allocator tells the garbage collector of each block, which would collect again and again for many small ones.</summary>
    private static CheckOptions WithAllocator(CheckOptions? options) =>
        options is { Allocator: not null } ? options : (options ?? new CheckOptions()) with { Allocator = new TrackingAllocator() };

    /// <summary>A hash of all that states must have in common.</summary>
    private static byte[] IdentityOf(Suite suite, Schema schema, CheckOptions options)
    {
        var text = new StringBuilder(suite.Canonical);
        foreach (var field in schema.FieldsList)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{field.Name}\t{Expressions.ArrowTypes.NameOf(field.DataType)}");
        foreach (var column in options.KeyColumns ?? suite.KeyColumns)
            text.Append("\nkey\t").Append(column);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{options.MaxSamples ?? suite.MaxSamples}\t{options.MaxValueLength}\t{options.UnfitRules}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void ThrowIfUsedUp()
    {
        if (_isUsedUp)
            throw new InvalidOperationException("The state was merged into another one, which knows its rows now.");
    }
}
