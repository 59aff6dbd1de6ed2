using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>One stored column of a file that is written.</summary>
/// <param name="Type">The Arrow type of its values.</param>
/// <param name="Element">How it stands in the schema.</param>
/// <param name="Path">The names from the root down.</param>
/// <param name="Definition">The deepest definition level.</param>
/// <param name="Repetition">How many lists it lies in.</param>
internal sealed record WriterLeaf(IArrowType Type, SchemaElement Element, string[] Path, int Definition, int Repetition);
