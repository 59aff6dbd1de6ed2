using System.Text;
using DataEngineX.Quality;
using QualityCheck.Data;
using QualityCheck.Output;

namespace QualityCheck.Commands;

/// <summary>Profiles data, and suggests rules that it seems to obey.</summary>
internal static class ProfileCommand
{
    public static async Task<int> RunAsync(string[] args, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Read("profile", args, ["--data", "--format", "--output"], ["--suggest", "--header", "--no-header"]);
        var format = arguments.OneOf("--format", "text", "json");
        var profile = await ProfileAsync(arguments.Get("--data"), arguments.Either("--header", "--no-header"), new Notes(error), cancellationToken);
        var text = (format, arguments.Has("--suggest")) switch
        {
            ("json", true) => SuggestionOutput.Json(profile),
            ("json", false) => profile.ToJson(),
            (_, true) => TerminalText.Lines(SuggestionOutput.Text(profile)),
            _ => TerminalText.Lines(profile.ToString()),
        };
        await ResultFile.WriteAsync(arguments.Find("--output"), output, Encoding.UTF8.GetBytes(text.TrimEnd('\n') + "\n"), cancellationToken);
        return ExitCodes.Passed;
    }

    /// <summary>Profiles the data; where a value does not fit the type that the first part of a file promised, again with a wider one.</summary>
    private static async Task<Profile> ProfileAsync(string path, bool? hasHeader, Notes notes, CancellationToken cancellationToken)
    {
        ColumnHints? hints = null;
        while (true)
        {
            await using var data = await DataOpener.OpenAsync(path, hints, hasHeader, cancellationToken);
            await notes.TellAsync(data, cancellationToken);
            try
            {
                return await Profiler.ProfileAsync(data.ReadAsync(cancellationToken), data.Schema, cancellationToken: cancellationToken);
            }
            catch (MisfitException misfit) when (misfit.Column is { } column && (hints ??= ColumnHints.AsFound(data.Schema)).Widen(column))
            {
            }
        }
    }
}
