using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>The words by which the face writes the members of enums.</summary>
internal static class Words
{
    /// <summary>The member in camel case: <c>notEvaluated</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
