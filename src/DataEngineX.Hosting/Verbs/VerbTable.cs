namespace DataEngineX.Hosting.Verbs;

/// <summary>Finds the one table a verb was given.</summary>
internal static class VerbTable
{
    public static async ValueTask<ITable?> FindAsync(
        IHostVerb verb, VerbArguments arguments, ITableCatalog tables, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (arguments.Values is not [var name])
        {
            await output.Error.WriteLineAsync($"Usage: {verb.Name} {verb.Usage}.").ConfigureAwait(false);
            return null;
        }

        if (IdOf(name) is { } id && await tables.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } table)
            return table;
        var known = await tables.ListAsync(cancellationToken).Select(t => t.ToString()).ToListAsync(cancellationToken).ConfigureAwait(false);
        await output.Error.WriteLineAsync(
            $"There is no table '{name}'; there {(known.Count == 0 ? "is none" : $"are {string.Join(", ", known)}")}.").ConfigureAwait(false);
        return null;
    }

    private static DatasetId? IdOf(string text) =>
        text.Split('/') is [var layer, var name] && DatasetId.TryParseLayer(layer, out var known) && DatasetId.IsTableName(name) ? DatasetId.Table(known, name) : null;
}
