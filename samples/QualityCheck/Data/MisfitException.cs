using DataEngineX.Lakehouse.Text;

namespace QualityCheck.Data;

/// <summary>A line that does not fit what the first part of the file promised.</summary>
/// <param name="line">The line.</param>
public sealed class MisfitException(LineReject line) : Exception($"'{line.File}', line {line.Line}: {line.Reason}")
{
    /// <summary>The file.</summary>
    public string File { get; } = line.File;

    /// <summary>The column whose type does not take the value, or null when the line as a whole is at fault.</summary>
    public string? Column { get; } = line.Rule.StartsWith("type:", StringComparison.Ordinal) ? line.Column?.Split('.', '[')[0] : null;
}
