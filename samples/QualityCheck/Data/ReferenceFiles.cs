using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Quality;

namespace QualityCheck.Data;

/// <summary>The files and tables that rules hold the data against. Columns that are compared with texts of the data are texts there too.</summary>
internal sealed class ReferenceFiles(Suite suite, ColumnHints own, IReadOnlyDictionary<string, string> paths) : IAsyncDisposable
{
    private readonly Dictionary<string, ColumnHints> _hints = paths.ToDictionary(p => p.Key, p => HintsOf(suite, own, p.Key), StringComparer.Ordinal);
    private readonly List<IData> _opened = [];

    /// <summary>Opens all of them anew.</summary>
    /// <param name="columns">The columns of the data: those that are texts are looked up among texts.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataException">One cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, ReferenceRows>> OpenAsync(Schema columns, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        var references = new Dictionary<string, ReferenceRows>(StringComparer.Ordinal);
        foreach (var (name, path) in paths)
        {
            _hints[name].Codes = KeysOf(suite, name).Where(k => columns.GetFieldByName(k.Own)?.DataType is StringType).Select(static k => k.There).ToHashSet(StringComparer.Ordinal);
            var data = await DataOpener.OpenAsync(path, _hints[name], hasHeader: null, cancellationToken);
            _opened.Add(data);
            references.Add(name, new ReferenceRows(data.Schema, data.ReadAsync));
        }

        return references;
    }

    /// <summary>Whether a line that does not fit is one of these files.</summary>
    /// <param name="misfit">The line.</param>
    public bool Owns(MisfitException misfit) => paths.Values.Contains(misfit.File, StringComparer.Ordinal);

    /// <summary>Takes note that a value did not fit the type of its column.</summary>
    /// <param name="misfit">The line.</param>
    public bool Widen(MisfitException misfit) => _hints[paths.First(p => p.Value == misfit.File).Key].Widen(misfit.Column!);

    public async ValueTask DisposeAsync()
    {
        foreach (var data in _opened)
            await data.DisposeAsync();
        _opened.Clear();
    }

    private static List<(string There, string Own)> KeysOf(Suite suite, string reference) =>
        [.. suite.Rules.Select(r => r.Rule).OfType<ForeignKeyRule>().Where(r => r.Reference == reference).SelectMany(r => r.ReferenceColumns.Zip(r.Columns))];

    private static ColumnHints HintsOf(Suite suite, ColumnHints own, string reference)
    {
        var keys = KeysOf(suite, reference);
        var observed = suite.Rules.Select(r => r.Rule).OfType<SameAsRule>().Where(r => r.Reference == reference).SelectMany(r => r.There.Columns)
            .Concat(suite.Rules.Select(r => r.Rule).OfType<SameDistributionRule>().Where(r => r.Reference == reference).Select(r => r.ReferenceColumn));
        return new ColumnHints
        {
            Named = [.. keys.Select(k => k.There).Concat(observed).Distinct(StringComparer.Ordinal)],
            Texts = keys.Where(k => own.Texts.Contains(k.Own)).Select(k => k.There).ToHashSet(StringComparer.Ordinal),
            Values = keys.Where(k => own.Values.Contains(k.Own)).Select(k => k.There).Concat(observed).ToHashSet(StringComparer.Ordinal),
        };
    }
}
