using System.Text;
using DataEngineX.Quality;
using QualityCheck.Commands;

namespace QualityCheck.Suites;

/// <summary>Reads suites from files, in either form.</summary>
internal static class SuiteFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UsageException">It cannot be read, or is no suite; the message says where it is wrong.</exception>
    public static async Task<Suite> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var json = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
            return GreatExpectationsSuites.IsOne(json) ? GreatExpectationsSuites.Read(json) : SuiteJson.Read(json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the suite '{path}' cannot be read: {e.Message}");
        }
        catch (SuiteFormatException e)
        {
            throw new UsageException($"the suite '{path}' is wrong: {e.Message}");
        }
    }
}
