using System.Globalization;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>restore &lt;table&gt;</c></summary>
internal sealed class RestoreVerb(ITableCatalog tables) : IHostVerb
{
    public string Name => "restore";

    public string Usage => "<table> --version <version> | --as-of <time>: make a table, and the cursors of the pipelines that write it, what they were";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (await VerbTable.FindAsync(this, arguments, tables, output, cancellationToken).ConfigureAwait(false) is not { } table)
            return ExitCodes.Misused;
        TableCommit commit;
        switch (arguments.Option("version"), arguments.Option("as-of"))
        {
            case ({ } text, null) when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version):
                commit = await table.RestoreAsync(version, cancellationToken).ConfigureAwait(false);
                break;
            case (null, { } text) when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time):
                commit = await table.RestoreAsync(time, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await output.Error.WriteLineAsync($"Usage: {Name} {Usage}.").ConfigureAwait(false);
                return ExitCodes.Misused;
        }

        await output.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Id} is restored; it is at version {commit.Version} ({CommitRows.Of(commit)}).")).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
