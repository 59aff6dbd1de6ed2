using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Takes what it wants of a checkpoint.</summary>
internal abstract class CheckpointVisitor
{
    /// <summary>The columns wanted of a file.</summary>
    internal abstract IEnumerable<DeltaField> Columns(Schema stored);

    /// <summary>Takes an action of a checkpoint in JSON.</summary>
    internal abstract void Visit(DeltaAction action);

    /// <summary>Takes some rows of one of the columns wanted.</summary>
    internal abstract void Visit(DeltaField field, CheckpointColumn column);
}
