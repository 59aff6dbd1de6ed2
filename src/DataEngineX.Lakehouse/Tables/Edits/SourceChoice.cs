namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Which of several source rows of one key count.</summary>
internal enum SourceChoice
{
    /// <summary>All.</summary>
    All,

    /// <summary>The one that came first.</summary>
    First,

    /// <summary>The one that came last.</summary>
    Last,
}
