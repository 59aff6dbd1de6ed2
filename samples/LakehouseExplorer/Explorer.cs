using System.Text;
using LakehouseExplorer.Asking;
using LakehouseExplorer.Output;

namespace LakehouseExplorer;

/// <summary>Answers one question about a table, and says by its exit code how that went.</summary>
/// <param name="output">Where answers go that no file was named for.</param>
/// <param name="errors">Where one line goes that says what cannot be read and why.</param>
public sealed class Explorer(Stream output, TextWriter errors)
{
    /// <summary>The question was answered.</summary>
    public const int Answered = 0;

    /// <summary>The table, or what was asked of it, cannot be read.</summary>
    public const int Unreadable = 1;

    /// <summary>The question was not understood.</summary>
    public const int Misunderstood = 2;

    /// <summary>Answers the question that the arguments put.</summary>
    /// <param name="arguments">As a shell gives them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var question = Question.Parse(arguments);
            if (question.Command == Command.Help)
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(Usage.Text), cancellationToken);
                return Answered;
            }

            var answer = await Answers.ToAsync(question, cancellationToken);
            await using var rows = RowOutput.For(question, answer, output);
            await rows.WriteAsync(cancellationToken);
            return Answered;
        }
        catch (UsageException e)
        {
            await errors.WriteLineAsync(OneLine($"{e.Message} Say --help for what can be asked."));
            return Misunderstood;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Stopped.");
            return Unreadable;
        }
        catch (Exception e)
        {
            await errors.WriteLineAsync(OneLine(e is AggregateException { InnerException: { } inner } ? inner.Message : e.Message));
            return Unreadable;
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
