namespace QualityCheck.Commands;

/// <summary>Where a result goes: to a file, or to the program's output.</summary>
internal static class ResultFile
{
    /// <summary>Writes a result.</summary>
    /// <param name="path">The file, or null for the output.</param>
    /// <param name="output">The output.</param>
    /// <param name="content">The result.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task WriteAsync(string? path, Stream output, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await output.WriteAsync(content, cancellationToken);
            await output.FlushAsync(cancellationToken);
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the result cannot be written to '{path}': {e.Message}");
        }
    }
}
