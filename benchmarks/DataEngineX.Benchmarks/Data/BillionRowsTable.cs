using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>The rows of the billion-row challenge, of which we take fewer: a station drawn uniformly and its temperature with one decimal.</summary>
internal sealed class BillionRowsTable(long rows, Stations stations) : DataTable($"1BRC_{rows}_{stations.Name}", rows, Columns)
{
    private readonly CounterRandom _station = new("1BRC", "station");
    private readonly CounterRandom _temperature = new("1BRC", "temp");

    public static Schema Columns { get; } = new(
        [new Field("station", StringType.Default, nullable: true), new Field("temp", DoubleType.Default, nullable: true)], null);

    protected override IArrowArray Column(int index, long start, int count) => index == 0
        ? ColumnMaker.Texts(start, count, 256, (r, target) =>
        {
            var name = stations.Utf8[Station(r)];
            name.CopyTo(target);
            return name.Length;
        })
        : ColumnMaker.Doubles(start, count, r =>
            Math.Clamp(Math.Round((stations.Means[Station(r)] + (stations.Sigma * _temperature.Normal(r))) * 10), -999, 999) / 10);

    private int Station(long row) => (int)_station.Below(stations.Utf8.Length, row);
}
