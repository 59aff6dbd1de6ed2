using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Internal;

/// <summary>What a scorer must know beside the ML.NET model itself; it travels inside the artifact.</summary>
internal sealed record ScorerContract
{
    public const string ScoreColumn = "score";

    public static Schema Outputs { get; } = new([new Field(ScoreColumn, DoubleType.Default, true)], null);

    /// <summary>The numeric inputs.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>The text inputs; the group is one of them.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>The text input that must hold one of <see cref="Groups"/>.</summary>
    public string? Group { get; init; }

    /// <summary>The groups learned.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>All inputs, in order.</summary>
    public IEnumerable<string> Columns => Numbers.Concat(Texts);
}
