namespace DataEngineX.Expressions;

/// <content>Lists and structs.</content>
public static partial class FunctionNames
{
    /// <summary>Number of elements of a list as int32.</summary>
    public const string ListLength = "list_length";

    /// <summary>The element at a 0-based position, counted from the end where negative; null beyond the list.</summary>
    public const string ListElement = "list_element";

    /// <summary>Whether a list has an element equal to a value; null elements are passed over.</summary>
    public const string ListContains = "list_contains";

    /// <summary>The field of a struct that a literal names; null where the struct is.</summary>
    public const string StructField = "struct_field";
}
