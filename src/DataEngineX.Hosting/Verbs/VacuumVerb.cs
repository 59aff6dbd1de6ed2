using System.Globalization;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>vacuum &lt;table&gt;</c></summary>
internal sealed class VacuumVerb(ITableCatalog tables) : IHostVerb
{
    public string Name => "vacuum";

    public string Usage => "<table> [--retention <d.hh:mm:ss>] [--allow-shorter] [--dry-run]: remove files that no version within the retention needs";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (await VerbTable.FindAsync(this, arguments, tables, output, cancellationToken).ConfigureAwait(false) is not { } table)
            return ExitCodes.Misused;
        TimeSpan? retention = null;
        if (arguments.Option("retention") is { } text)
        {
            if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var asked) || asked < TimeSpan.Zero)
            {
                await output.Error.WriteLineAsync($"'{text}' is no retention; write days.hours:minutes:seconds, such as 7.00:00:00.").ConfigureAwait(false);
                return ExitCodes.Misused;
            }

            retention = asked;
        }

        var vacuum = new TableVacuum { Retention = retention, AllowShorter = arguments.Has("allow-shorter"), DryRun = arguments.Has("dry-run") };
        var report = await table.VacuumAsync(vacuum, cancellationToken).ConfigureAwait(false);
        if (vacuum.DryRun)
        {
            foreach (var file in report.Files)
                await output.Out.WriteLineAsync(file).ConfigureAwait(false);
        }

        await output.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Id}: {report.Files.Count} files of {report.Bytes} bytes {(vacuum.DryRun ? "would be" : "were")} removed; they left the table before {report.Before.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}.")).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
