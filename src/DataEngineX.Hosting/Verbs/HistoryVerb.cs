using System.Globalization;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>history &lt;table&gt;</c></summary>
internal sealed class HistoryVerb(ITableCatalog tables) : IHostVerb
{
    private const int Default = 20;

    public string Name => "history";

    public string Usage => "<table> [--limit <commits>]: tell the last commits of a table, 20 unless told otherwise, newest first";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (await VerbTable.FindAsync(this, arguments, tables, output, cancellationToken).ConfigureAwait(false) is not { } table)
            return ExitCodes.Misused;
        var limit = Default;
        if (arguments.Option("limit") is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0))
        {
            await output.Error.WriteLineAsync($"'{text}' is no number of commits.").ConfigureAwait(false);
            return ExitCodes.Misused;
        }

        await foreach (var commit in table.GetHistoryAsync(cancellationToken).Take(limit).ConfigureAwait(false))
            await output.Out.WriteLineAsync(Line(commit)).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string Line(TableCommit commit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{commit.Version}  {commit.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}  {commit.Operation}  {CommitRows.Of(commit)}{(commit.RunId is { } run ? $"  run {run}" : "")}");
}
