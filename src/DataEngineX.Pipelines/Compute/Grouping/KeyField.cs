using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Where one key column lies in a packed key.</summary>
/// <param name="Type">The type of the column.</param>
/// <param name="Physical">How its values lie in memory.</param>
/// <param name="Width">Bytes of a value of fixed width; 0 for text and for the null type.</param>
/// <param name="Word">The first word of the field.</param>
/// <param name="Shift">Bits the value is shifted by in that word.</param>
/// <param name="MaskWord">The word with the null bit, or -1 while no null was seen.</param>
/// <param name="MaskBit">The null bit.</param>
/// <param name="Words">Words of a text: 1 as long as none was longer than 7 bytes, then 2.</param>
internal readonly record struct KeyField(
    IArrowType Type, Physical Physical, int Width, int Word, int Shift, int MaskWord, ulong MaskBit, int Words)
{
    public bool IsText => Physical == Physical.Variable;
}
