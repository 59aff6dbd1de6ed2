namespace DataEngineX.Pipelines;

/// <summary>How a member of a row object is stored in a column.</summary>
/// <typeparam name="TMember">The member's type.</typeparam>
/// <typeparam name="TValue">The stored type.</typeparam>
internal interface IRowForm<TMember, TValue>
{
    /// <summary>The stored value; false for null.</summary>
    static abstract bool TryGet(TMember member, out TValue value);
}
