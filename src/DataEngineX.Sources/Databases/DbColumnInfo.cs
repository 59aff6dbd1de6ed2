namespace DataEngineX.Sources;

/// <summary>What a provider tells of a column.</summary>
internal sealed record DbColumnInfo(string Name, Type Clr, string DatabaseType, bool IsNullable, int? Precision, int? Scale);
