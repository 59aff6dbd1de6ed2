using LakehouseExplorer.Asking;

namespace LakehouseExplorer.Output;

/// <summary>Where the rows of an answer go.</summary>
internal abstract class RowOutput : IAsyncDisposable
{
    /// <summary>Writes all of it.</summary>
    internal abstract Task WriteAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The file that the question names, else the terminal.</summary>
    /// <exception cref="UsageException">The file is of no format that is known.</exception>
    internal static RowOutput For(Question question, Answer answer, Stream terminal) => question.Output is { } path
        ? new FileOutput(path, answer)
        : new TerminalOutput(answer, terminal, question.Rows, question.Width ?? TerminalOutput.WidthOfTerminal());
}
