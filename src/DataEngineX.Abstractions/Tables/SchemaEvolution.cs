namespace DataEngineX;

/// <summary>How a write may change the columns of a table. Columns are matched by name, in whatever order; what is not allowed is an error that shows both schemas.</summary>
[Flags]
public enum SchemaEvolution
{
    /// <summary>Not at all: rows have the columns of the table, and nullable ones may be missing.</summary>
    None = 0,

    /// <summary>Columns that the table does not have are added to its end. They may be null, because rows that are there have no value in them.</summary>
    AddColumns = 1,

    /// <summary>
    /// A column becomes wider where rows have a type that holds all its values: int8 to int16, int32 and int64, integers up to 32 bits to double,
    /// float to double, date to timestamp without zone, decimals and integers to wider decimals. Rows of a narrower type are widened.
    /// </summary>
    WidenTypes = 2,
}
