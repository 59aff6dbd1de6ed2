using System.IO.Hashing;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>Mergeable statistics of a dataset and of each of its columns, found in one pass.</summary>
/// <remarks>
/// Make one with <see cref="Profiler"/>, or with <c>reader.ProfileAsync(flow)</c>, which uses all threads of a run. Counts, extremes and moments
/// are exact. What depends on distribution is exact for a column of up to 2,048 distinct values, and then comes from sketches with a stated error:
/// each metric tells. A profile is immutable; <see cref="Merge"/> makes that of both inputs, so that days add up without being read again.
/// </remarks>
public sealed partial class Profile
{
    private readonly TableState _table;
    private readonly ColumnState[] _states;
    private readonly PairState? _pairs;

    private Profile(TableState table, ColumnState[] states, PairState? pairs, DateTimeOffset at, TimeSpan elapsed)
    {
        _table = table;
        _states = states;
        _pairs = pairs;
        At = at;
        Elapsed = elapsed;
        Columns = [.. states.Select(s => new ColumnProfile(s))];
        SchemaFingerprint = FingerprintOf(states);
    }

    /// <summary>The number of rows.</summary>
    public long Rows => _table.Rows;

    /// <summary>The size of the values looked at, in bytes as they lie in memory.</summary>
    public long Bytes => _table.Bytes;

    /// <summary>Rows with a null in at least one column.</summary>
    public long RowsWithNull => _table.RowsWithNull;

    /// <summary>Rows with nothing but nulls.</summary>
    public long RowsOfNulls => _table.RowsOfNulls;

    /// <summary>
    /// Rows that are a copy of an earlier one; null when they were not counted, as with lists and structs. Beyond 16,384 different rows this is
    /// an estimate where no column alone says that there are none, see <see cref="AreDuplicatesExact"/>.
    /// </summary>
    public long? DuplicateRows => !_table.CountsDuplicates ? null : HasKey ? 0 : Math.Max(0, Rows - (long)Math.Round(Math.Min(Rows, _table.Distinct)));

    /// <summary>Whether <see cref="DuplicateRows"/> is exact; otherwise its standard error is 0.81 % of the number of different rows.</summary>
    public bool AreDuplicatesExact => _table.IsExact || HasKey;

    private bool HasKey => Rows > 0 && Columns.Any(static c => c.TellsRowsApart);

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>A hash of names, types and nullability: equal for equal schemas.</summary>
    public string SchemaFingerprint { get; }

    /// <summary>When the profile was made; of a merged one, the later.</summary>
    public DateTimeOffset At { get; }

    /// <summary>How long it took; of a merged one, both together.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The pairs of columns; empty when they were not asked for.</summary>
    public IReadOnlyList<ColumnPair> Pairs => field ??= _pairs is null ? [] : ColumnPairs.Of(_pairs, [.. _states.Select(s => s.Shape)]);

    /// <summary>What stands out.</summary>
    /// <param name="options">From where on. <value>Default: null, the defaults.</value></param>
    public IReadOnlyList<ProfileAlert> Alerts(ProfileAlertOptions? options = null) => ProfileAlerts.Of(this, options ?? new ProfileAlertOptions());

    /// <summary>A column by its name, or null.</summary>
    /// <param name="name">The column, matched exactly.</param>
    public ColumnProfile? Find(string name) => Columns.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>A column by its name.</summary>
    /// <param name="name">The column, matched exactly.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public ColumnProfile this[string name] => Find(name) ?? throw new KeyNotFoundException(
        $"The profile has no column '{name}'; it has {string.Join(", ", Columns.Select(c => c.Name))}.");

    /// <summary>The profile of these rows followed by others.</summary>
    /// <param name="next">The profile of the others.</param>
    /// <exception cref="ArgumentException">Names or types of the columns differ.</exception>
    public Profile Merge(Profile next)
    {
        ArgumentNullException.ThrowIfNull(next);
        CheckColumns(next);
        var merged = Copy();
        merged._table.Merge(next._table);
        merged._pairs?.Merge(next._pairs!);
        for (var i = 0; i < _states.Length; i++)
            merged._states[i].Append(next._states[i]);
        return new Profile(merged._table, merged._states, merged._pairs, At > next.At ? At : next.At, Elapsed + next.Elapsed);
    }

    internal static async ValueTask<Profile> FoldAsync(
        Plans.BatchStream input,
        BoundProfile profile,
        DateTimeOffset now,
        int threads,
        Apache.Arrow.Memory.MemoryAllocator allocator,
        CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var workers = await PartFold.RunAsync(
            input, threads, () => new ProfileWorker(profile, profile.Options.Now ?? now, allocator), static (w, batch, part) => w.Take(batch, part), cancellationToken)
            .ConfigureAwait(false);
        return Of(ProfileWorker.Join(workers), now, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>The profile of what a worker has seen, when all others were joined into it.</summary>
    internal static Profile Of(ProfileWorker all, DateTimeOffset now, TimeSpan elapsed = default) => new(all.Table, all.Columns, all.Pairs, now, elapsed);

    private void CheckColumns(Profile next)
    {
        if (_pairs is null != next._pairs is null)
            throw new ArgumentException("One of the profiles has pairs of columns and the other has not; make both with the same options.", nameof(next));
        if (_states.Length != next._states.Length)
            throw new ArgumentException($"Profiles of {_states.Length} and of {next._states.Length} columns cannot be merged.", nameof(next));
        for (var i = 0; i < _states.Length; i++)
        {
            var (mine, theirs) = (_states[i].Shape, next._states[i].Shape);
            if (mine.Name != theirs.Name || mine.Type != theirs.Type)
            {
                throw new ArgumentException(
                    $"Profiles of different schemas cannot be merged: column {i} is '{mine.Name}' of type {mine.Type} here and '{theirs.Name}' of type {theirs.Type} there.",
                    nameof(next));
            }
        }
    }

    private static string FingerprintOf(ColumnState[] states)
    {
        var text = new StringBuilder();
        foreach (var shape in states.Select(s => s.Shape))
            text.Append(shape.Name).Append('\0').Append(shape.Type).Append(shape.IsNullable ? '?' : '!').Append('\n');
        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
