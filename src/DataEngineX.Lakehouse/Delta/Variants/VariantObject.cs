namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>The fields of an object in its binary form.</summary>
internal readonly ref struct VariantObject
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _count;
    private readonly int _names;
    private readonly int _nameWidth;
    private readonly int _width;

    /// <exception cref="FormatException">It is no object, or is damaged.</exception>
    internal VariantObject(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || (bytes[0] & 3) != VariantKind.Object)
            throw new FormatException("beside the fields of a variant stands what is no object");
        var isLarge = (bytes[0] & (1 << 6)) != 0;
        _bytes = bytes;
        _width = ((bytes[0] >> 2) & 3) + 1;
        _nameWidth = ((bytes[0] >> 4) & 3) + 1;
        _count = VariantNames.Number(bytes, 1, isLarge ? 4 : 1);
        _names = isLarge ? 5 : 2;
        if (_names + ((long)_count * (_nameWidth + _width)) + _width > bytes.Length)
            throw new FormatException("a variant ends too early");
    }

    public Fields GetEnumerator() => new(this);

    /// <summary>Goes from field to field. A field ends where the next one in the bytes begins.</summary>
    internal ref struct Fields(VariantObject of)
    {
        private readonly VariantObject _of = of;
        private int _at = -1;

        public readonly (int Name, int From, int Length) Current
        {
            get
            {
                var offsets = _of._names + (_of._count * _of._nameWidth);
                var values = offsets + ((_of._count + 1) * _of._width);
                var from = VariantNames.Number(_of._bytes, offsets + (_at * _of._width), _of._width);
                var end = VariantNames.Number(_of._bytes, offsets + (_of._count * _of._width), _of._width);
                for (var i = 0; i < _of._count; i++)
                {
                    var other = VariantNames.Number(_of._bytes, offsets + (i * _of._width), _of._width);
                    if (other > from && other < end)
                        end = other;
                }

                if (end <= from || values + (long)end > _of._bytes.Length)
                    throw new FormatException("a variant has a field beyond its bytes");
                return (VariantNames.Number(_of._bytes, _of._names + (_at * _of._nameWidth), _of._nameWidth), values + from, end - from);
            }
        }

        public bool MoveNext() => ++_at < _of._count;
    }
}
