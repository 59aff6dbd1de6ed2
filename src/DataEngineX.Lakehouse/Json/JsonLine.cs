using System.Text.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>The line being read, and what is wrong with it.</summary>
internal sealed class JsonLine
{
    private byte[] _buffer = [];
    private int _start;
    private int _length;

    internal ReadOnlySpan<byte> Text => _buffer.AsSpan(_start, _length);

    /// <summary>The path of the value at fault, or null when the line as a whole is.</summary>
    internal string? Path { get; private set; }

    internal string? Value { get; private set; }

    internal string Rule { get; private set; } = "";

    internal string Reason { get; private set; } = "";

    internal void Begin(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        _start = start;
        _length = length;
        Path = Value = null;
    }

    /// <summary>Says that the line is not JSON, or no object.</summary>
    internal bool Fail(string rule, string reason)
    {
        (Path, Value, Rule, Reason) = (null, null, rule, reason);
        return false;
    }

    /// <summary>Says that a value is null or missing where it must not be.</summary>
    internal bool FailMissing()
    {
        (Path, Value, Rule, Reason) = ("", null, "not-null", "the value is missing and the column requires one");
        return false;
    }

    /// <summary>Says that the value the reader stands at is not of a type.</summary>
    internal bool FailType(ref Utf8JsonReader reader, string type)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        var raw = Text[start..(int)reader.BytesConsumed];
        var value = LineReject.Shown(raw);
        (Path, Value, Rule, Reason) = ("", value, $"type:{type}", $"{value} at byte {start + 1} of the line is not a value of type {type}");
        return false;
    }

    /// <summary>Puts the name of what holds the value before its path.</summary>
    internal bool In(string name)
    {
        Path = string.IsNullOrEmpty(Path) ? name : Path[0] == '[' ? name + Path : $"{name}.{Path}";
        return false;
    }
}
