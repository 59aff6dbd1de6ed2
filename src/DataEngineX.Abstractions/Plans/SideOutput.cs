using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>A stream that a node yields beside its output.</summary>
/// <param name="Name">The name; side outputs of equal name and schema in one plan are joined.</param>
/// <param name="Schema">The schema of its batches.</param>
public sealed record SideOutput(string Name, Schema Schema)
{
    /// <summary>The rows set aside by gates and readers; its schema is <see cref="QuarantineSchema.Schema"/>.</summary>
    public static SideOutput Quarantine { get; } = new("quarantine", QuarantineSchema.Schema);
}
