using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>
/// One row of model inputs over decoded columns. The model's getters are made once for it; scoring a row is then moving
/// <see cref="Index"/> and calling them, without the fixed cost of a transform per call.
/// </summary>
internal sealed class FeatureRow : DataViewRow
{
    private readonly float[][] _numbers;
    private readonly ReadOnlyMemory<char>[][] _texts;
    private long _position = -1;

    public FeatureRow(ScorerContract contract)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var name in contract.Numbers)
            builder.AddColumn(name, NumberDataViewType.Single);
        foreach (var name in contract.Texts)
            builder.AddColumn(name, TextDataViewType.Instance);
        Schema = builder.ToSchema();
        _numbers = [.. contract.Numbers.Select(_ => System.Array.Empty<float>())];
        _texts = [.. contract.Texts.Select(_ => System.Array.Empty<ReadOnlyMemory<char>>())];
    }

    public int Index { get; private set; }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public float[] Number(int column, int rows)
    {
        if (_numbers[column].Length < rows)
            _numbers[column] = new float[rows];
        return _numbers[column];
    }

    public ReadOnlyMemory<char>[] Text(int column, int rows)
    {
        if (_texts[column].Length < rows)
            _texts[column] = new ReadOnlyMemory<char>[rows];
        return _texts[column];
    }

    public void MoveTo(int index)
    {
        Index = index;
        // Never the same twice: ML.NET may keep what it computed for a position.
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < Schema.Count;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var index = column.Index;
        Delegate getter;
        if (index < _numbers.Length)
        {
            void Number(ref float value) => value = _numbers[index][Index];
            getter = (ValueGetter<float>)Number;
        }
        else
        {
            index -= _numbers.Length;
            void Text(ref ReadOnlyMemory<char> value) => value = _texts[index][Index];
            getter = (ValueGetter<ReadOnlyMemory<char>>)Text;
        }

        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Model input '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue).Name}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        void Get(ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
        return Get;
    }
}
