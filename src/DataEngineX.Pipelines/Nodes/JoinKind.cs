namespace DataEngineX.Pipelines;

/// <summary>Which rows a join keeps. A null key matches nothing.</summary>
public enum JoinKind
{
    /// <summary>Rows of both sides with a partner.</summary>
    Inner,

    /// <summary>All rows of the left side; without a partner the right columns are null.</summary>
    Left,

    /// <summary>All rows of the right side; without a partner the left columns are null.</summary>
    Right,

    /// <summary>All rows of both sides; without a partner the other side's columns are null.</summary>
    Full,

    /// <summary>Rows of the left side with a partner, each once; no right columns.</summary>
    Semi,

    /// <summary>Rows of the left side without a partner; no right columns.</summary>
    Anti,

    /// <summary>Every row of the left side with every row of the right side; no keys.</summary>
    Cross,
}
