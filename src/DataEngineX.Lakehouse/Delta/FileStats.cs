using System.Text;
using System.Text.Json;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the log knows of the values in one data file, read from its text when somebody asks; every part may be missing.</summary>
internal readonly ref struct FileStats(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    internal long? RowCount => FileNumbers.RowsIn(_text) is >= 0 and var rows ? rows : null;

    internal static FileStats Of(string? text) => new(Encoding.UTF8.GetBytes(text ?? ""));

    /// <summary>What is known of a column, or of a part of a struct by the names on the way to it. The text is gone through once.</summary>
    /// <param name="field">The column, for its type.</param>
    /// <param name="path">The names.</param>
    /// <param name="asWritten">Whether what was cut off a greatest value is left off.</param>
    internal StatBounds BoundsOf(Field field, ReadOnlySpan<string> path, bool asWritten = false)
    {
        object? min = null, max = null;
        long? nulls = null, rows = null;
        var reader = new Utf8JsonReader(_text);
        try
        {
            if (!_text.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("numRecords"u8))
                        rows = Whole(ref reader);
                    else if (reader.ValueTextEquals("minValues"u8))
                        min = Value(ref reader, field, path, isMax: false);
                    else if (reader.ValueTextEquals("maxValues"u8))
                        max = Value(ref reader, field, path, isMax: !asWritten);
                    else if (reader.ValueTextEquals("nullCount"u8))
                        nulls = Nulls(ref reader, path);
                    else
                        Pass(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Statistics only help to skip: without them the file is read.
            return default;
        }

        return new StatBounds(min, max, nulls, rows);
    }

    private static object? Value(ref Utf8JsonReader reader, Field field, ReadOnlySpan<string> path, bool isMax)
    {
        var depth = reader.CurrentDepth;
        var value = Find(ref reader, path) ? StatValues.Read(field, ref reader, isMax) : null;
        Leave(ref reader, depth);
        return value;
    }

    private static long? Nulls(ref Utf8JsonReader reader, ReadOnlySpan<string> path)
    {
        var depth = reader.CurrentDepth;
        long? count = Find(ref reader, path) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var nulls) ? nulls : null;
        Leave(ref reader, depth);
        return count;
    }

    private static long? Whole(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var number) ? number : null;
        reader.Skip();
        return null;
    }

    /// <summary>Goes from the name of a part to the value that a path leads to in it; where there is none, to the end of the object that lacks it.</summary>
    private static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<string> path)
    {
        reader.Read();
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                return false;
            var found = false;
            while (!found && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                found = reader.ValueTextEquals(name);
                if (found)
                    reader.Read();
                else
                    Pass(ref reader);
            }

            if (!found)
                return false;
        }

        return true;
    }

    /// <summary>Goes to the end of the value of a property, wherever in it the reader is.</summary>
    private static void Leave(ref Utf8JsonReader reader, int depth)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        while (reader.CurrentDepth > depth && reader.Read())
        {
        }
    }

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
