using System.Text;
using QualityCheck.Data;
using QualityCheck.Output;

namespace QualityCheck.Commands;

/// <summary>Tells on the error stream what had to be guessed of the data, once.</summary>
/// <param name="error">The stream.</param>
internal sealed class Notes(Stream error)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Tells it of opened data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task TellAsync(IData data, CancellationToken cancellationToken)
    {
        if (data.Note is { } note && _told.Add(note))
            await error.WriteAsync(Encoding.UTF8.GetBytes($"note: {TerminalText.Lines(note)}\n"), cancellationToken);
    }
}
