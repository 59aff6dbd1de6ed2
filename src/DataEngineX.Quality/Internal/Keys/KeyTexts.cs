using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Keys as the values of samples.</summary>
internal static class KeyTexts
{
    /// <summary>The value of one column, or several as an object, as short text and JSON.</summary>
    public static (string? Text, string? Json) Short(KeyEncoder encoder, ReadOnlySpan<byte> key, int most)
    {
        var arrays = encoder.Decode(key);
        try
        {
            if (arrays.Length == 1)
                return CellText.Short(arrays[0], 0, most);
            var json = Object(encoder, arrays, most);
            return (RuleText.Short(json, most), json);
        }
        finally
        {
            foreach (var array in arrays)
                array.Dispose();
        }
    }

    private static string Object(KeyEncoder encoder, IArrowArray[] arrays, int most) => CellText.Json(writer =>
    {
        writer.WriteStartObject();
        for (var i = 0; i < arrays.Length; i++)
        {
            writer.WritePropertyName(encoder.Columns[i].Name);
            writer.WriteRawValue(CellText.Short(arrays[i], 0, most).Json, skipInputValidation: true);
        }

        writer.WriteEndObject();
    });
}
