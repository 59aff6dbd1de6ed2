using System.Buffers.Text;

namespace DataEngineX.Quality;

/// <summary>
/// Texts of one length that differ in the digits at their end alone, as order numbers and device names do: each stands for a whole number, and no two
/// for the same one.
/// </summary>
internal sealed class SerialTexts
{
    private const ulong Zeros = 0x3030303030303030;

    private readonly byte[] _prefix;
    private readonly int _length;
    private readonly int _shift;
    private readonly ulong _digitsLow;
    private readonly ulong _digitsHigh;
    private readonly ulong _prefixLow;
    private readonly ulong _prefixHigh;

    private SerialTexts(ReadOnlySpan<byte> prefix, int length, Key16 key)
    {
        (_prefix, _length, _shift) = (prefix.ToArray(), length, 8 * (16 - length));
        // Of 16 bytes with the text at their end, those that are digits.
        var digits = UInt128.MaxValue << (8 * (16 - length + prefix.Length));
        (_digitsLow, _digitsHigh) = ((ulong)digits, (ulong)(digits >> 64));
        var (low, high) = AtEnd(key);
        (_prefixLow, _prefixHigh) = (low & ~_digitsLow, high & ~_digitsHigh);
    }

    /// <summary>The texts that are like a given one; null where that has no digits at its end, or is too long for a short key.</summary>
    public static SerialTexts? Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > Key16.MaxLength)
            return null;
        var prefix = text.Length;
        while (prefix > 0 && char.IsAsciiDigit((char)text[prefix - 1]))
            prefix--;
        return prefix == text.Length ? null : new SerialTexts(text[..prefix], text.Length, Key16.Of(text));
    }

    /// <summary>Whether other texts are alike.</summary>
    public bool IsSame(SerialTexts other) => _length == other._length && _prefix.AsSpan().SequenceEqual(other._prefix);

    /// <summary>The numbers of the rows that are checked.</summary>
    /// <returns>How many they are; -1 where a text is another one.</returns>
    public int TryRead(TextColumn texts, ReadOnlySpan<RowMark> marks, Span<ulong> values)
    {
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != RowMark.Holds)
                continue;
            if (!texts.TryKey(i, out var key) || key.Length != _length || !TryRead(key, out values[count]))
                return -1;
            count++;
        }

        return count;
    }

    /// <summary>The key of a number.</summary>
    public Key16 KeyOf(ulong value)
    {
        Span<byte> text = stackalloc byte[Key16.MaxLength];
        _prefix.CopyTo(text);
        Utf8Formatter.TryFormat(value, text[_prefix.Length..], out _, new System.Buffers.StandardFormat('D', (byte)(_length - _prefix.Length)));
        return Key16.Of(text[.._length]);
    }

    private bool TryRead(Key16 key, out ulong value)
    {
        var (low, high) = AtEnd(key);
        var same = ((low & ~_digitsLow) ^ _prefixLow) | ((high & ~_digitsHigh) ^ _prefixHigh);
        (low, high) = ((low ^ Zeros) & _digitsLow, (high ^ Zeros) & _digitsHigh);
        value = (Eight(low) * 100_000_000) + Eight(high);
        return same == 0 && AreDigits(low) && AreDigits(high);
    }

    /// <summary>The bytes of a key of the right length at the end of 16 bytes.</summary>
    private (ulong Low, ulong High) AtEnd(Key16 key)
    {
        var high = key.High & 0x00FFFFFFFFFFFFFF;
        return _shift < 64
            ? (key.Low << _shift, (high << _shift) | (key.Low >> (64 - _shift)))
            : (0, key.Low << (_shift - 64));
    }

    /// <summary>Whether all of eight bytes are from 0 to 9.</summary>
    private static bool AreDigits(ulong bytes) => ((bytes | ((bytes & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676)) & 0x8080808080808080) == 0;

    /// <summary>The number of eight digits, the first of which is the lowest byte: pairs, then fours, then all are put together.</summary>
    private static ulong Eight(ulong digits)
    {
        var pairs = ((digits & 0x00FF00FF00FF00FF) * 10) + ((digits >> 8) & 0x00FF00FF00FF00FF);
        var fours = ((pairs & 0x0000FFFF0000FFFF) * 100) + ((pairs >> 16) & 0x0000FFFF0000FFFF);
        return ((fours & 0xFFFFFFFF) * 10_000) + (fours >> 32);
    }
}
