using System.Numerics;

namespace DataEngineX.Compute;

/// <summary>The positions of the ones of a bitmap, in order, for <c>foreach</c>.</summary>
internal ref struct SetBits(ReadOnlySpan<ulong> words)
{
    private readonly ReadOnlySpan<ulong> _words = words;
    private ulong _rest = words.IsEmpty ? 0 : words[0];
    private int _word;

    public int Current { get; private set; }

    public readonly SetBits GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_rest == 0)
        {
            if (++_word >= _words.Length)
            {
                return false;
            }

            _rest = _words[_word];
        }

        Current = (_word << 6) + BitOperations.TrailingZeroCount(_rest);
        _rest &= _rest - 1;
        return true;
    }
}
