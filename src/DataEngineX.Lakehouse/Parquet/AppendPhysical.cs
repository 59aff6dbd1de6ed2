using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Puts one physical value into a column of the type wanted.</summary>
internal delegate void AppendPhysical<T>(ColumnBuilder builder, T value);
