using System.Text;

namespace QualityCheck.Commands;

/// <summary>Runs the command that the arguments name.</summary>
public static class CommandLine
{
    private const string Usage = """
        Checks data against a suite of rules, or profiles it.

          QualityCheck check --suite FILE --data FILE|TABLE [--format table|json|gx|html|junit|markdown] [--output FILE]
                             [--key COLUMN,...] [--mask COLUMN,...] [--reference NAME=FILE|TABLE,...]
                             [--fail-on info|warning|error|critical] [--header|--no-header]
          QualityCheck profile --data FILE|TABLE [--suggest] [--header|--no-header]
                               [--format text|json] [--output FILE]

        The suite is in the JSON form of DataEngineX or of Great Expectations. The data is a Parquet, CSV or JSON lines file
        (also .gz, .zst, .br) or the folder of a Delta table. A reference is what rules hold the data against.
        Exit code: 0 passed, 1 a rule of the severity of --fail-on (info) or above did not, 2 could not check.
        """;

    /// <summary>Runs it.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="output">Takes the result, as UTF-8.</param>
    /// <param name="error">Takes the line that says why nothing could be checked, and what had to be guessed of the data.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Stream output, Stream error)
    {
        ArgumentNullException.ThrowIfNull(args);
        using var cancellation = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            cancellation.Cancel();
        }

        Console.CancelKeyPress += Cancel;
        try
        {
            return args switch
            {
                ["check", .. var rest] => await CheckCommand.RunAsync(rest, output, error, cancellation.Token),
                ["profile", .. var rest] => await ProfileCommand.RunAsync(rest, output, error, cancellation.Token),
                ["--help" or "-h" or "help"] => await HelpAsync(output),
                [] => throw new UsageException("name a command: check or profile; --help tells more"),
                _ => throw new UsageException($"there is no command '{args[0]}'; there are check and profile, and --help tells more"),
            };
        }
#pragma warning disable CA1031 // Whatever went wrong, the caller learns it from one line and the exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await error.WriteAsync(Encoding.UTF8.GetBytes($"error: {OneLine(e)}\n"), CancellationToken.None);
            return ExitCodes.CouldNotCheck;
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
        }
    }

    private static async Task<int> HelpAsync(Stream output)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(Usage + "\n"), CancellationToken.None);
        return ExitCodes.Passed;
    }

    private static string OneLine(Exception e)
    {
        var text = e is OperationCanceledException ? "cancelled" : e.Message;
        return string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
