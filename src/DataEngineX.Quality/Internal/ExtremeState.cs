using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The lowest or highest of stored values.</summary>
internal sealed class ExtremeState<T>(StoredColumn column, bool greatest, Bounds bounds) : RuleState
    where T : unmanaged, INumber<T>
{
    private Extremes<T>? _extremes;

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        using var values = CheckedValues<T>.Of(column, batch, marks);
        Add(values.Extremes());
    }

    public override void Merge(RuleState other, long rowsBefore) => Add(((ExtremeState<T>)other)._extremes);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_extremes.HasValue);
        ValueFormat.Write(writer, _extremes.GetValueOrDefault().Least);
        ValueFormat.Write(writer, _extremes.GetValueOrDefault().Most);
    }

    public override void Load(BinaryReader reader)
    {
        var hasAny = reader.ReadBoolean();
        var extremes = new Extremes<T>(ValueFormat.Read<T>(reader), ValueFormat.Read<T>(reader));
        _extremes = hasAny ? extremes : null;
    }

    public override Verdict Finish(Verdict counted)
    {
        if (_extremes is not { } found)
            return Observation.Verdict(counted, !bounds.Any, null);
        // Minus zero is zero: which of both stands lower is left open, and the verdict is not to hang on it.
        var value = (greatest ? found.Most : found.Least) + T.Zero;
        return Observation.Verdict(counted, Holds(value), column.Json(value));
    }

    private void Add(Extremes<T>? more) => _extremes = _extremes is { } known && more is { } added ? known.Merge(added) : _extremes ?? more;

    private bool Holds(T value) => value is double number ? bounds.Hold(number) : bounds.Hold(Int128.CreateChecked(value));
}
