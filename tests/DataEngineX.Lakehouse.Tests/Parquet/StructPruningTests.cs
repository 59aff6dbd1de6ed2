using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Tests.Delta;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Row groups are skipped by the fields of structs, as they are by columns.</summary>
public sealed class StructPruningTests : IDisposable
{
    private const int Rows = 10_240;
    private const string Select = "select range::int as n, case when range < 4096 then null else {'a': range, 'b': {'c': 'k' || lpad(range::varchar, 6, '0')}, 'l': [range]} end as s from range(10240) order by 1";

    private readonly TempFolder _folder = new();

    public StructPruningTests() => OutsideReader.Run($"copy ({Select}) to '{_folder["f.parquet"]}' (format parquet, row_group_size 2048)");

    private static Expr A => Col("s").Field("a");

    private static Expr C => Col("s").Field("b").Field("c");

    public static TheoryData<string, int> Conditions => new()
    {
        { "a = 5000", 1 }, { "a > 9000", 1 }, { "a between", 2 }, { "c = k", 1 }, { "a is null", 2 }, { "a is not null", 3 }, { "c is null or a > 9000", 3 }, { "no field", 5 },
        { "in a list", 5 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Row_groups_are_skipped_and_no_row_is_lost(string name, int left)
    {
        var (condition, holds) = ConditionOf(name);
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["f.parquet"]), "f.parquet");
        var rows = new HashSet<int>();
        var options = new ParquetReadOptions { Columns = new Schema([reader.Schema.GetFieldByName("n")], null), Predicate = condition };
        await foreach (var batch in reader.ReadAsync(options))
        {
            using (batch)
                rows.UnionWith(((Int32Array)batch.Column(0)).Values.ToArray());
        }

        Assert.Equal((left, 5 - left), (reader.Counts.RowGroups, reader.Counts.RowGroupsPruned));
        Assert.Superset(Enumerable.Range(0, Rows).Where(holds).ToHashSet(), rows);
    }

    /// <summary>The table calls columns and fields otherwise than its file.</summary>
    [Fact]
    public async Task Fields_are_found_under_the_names_that_the_file_has()
    {
        using var table = new HandTable();
        File.Copy(_folder["f.parquet"], table["f.parquet"]);
        var inner = "{\"type\":\"struct\",\"fields\":[" + Field("code", "string", 5, "c") + "]}";
        var structure = "{\"type\":\"struct\",\"fields\":[" + Field("number", "long", 3, "a") + "," + Field("inner", inner, 4, "b") + "," + Field("added", "long", 6) + "]}";
        table.Entry(0, Protocol("columnMapping"), Metadata([Field("row", "integer", 1, "n"), Field("what", structure, 2, "s")], null, "delta.columnMapping.mode=name"), Add("f.parquet"));

        Assert.Equal(2048, await CountAsync(table, Col("what").Field("number") == 5_000L));
        Assert.Equal(2048, await CountAsync(table, Col("what").Field("inner").Field("code") == "k005000"));
        Assert.Equal(0, await CountAsync(table, Col("what").Field("number") == -1L));
        Assert.Equal(Rows, await CountAsync(table, Col("what").Field("added") == 5_000L));
    }

    private static async Task<int> CountAsync(HandTable table, Expr condition) =>
        (await table.RowsAsync(new TableScan { Columns = ["row"], Predicate = condition })).Count;

    private static (Expr Condition, Func<int, bool> Holds) ConditionOf(string name) => name switch
    {
        "a = 5000" => (A == 5_000L, i => i == 5_000),
        "a > 9000" => (A > 9_000L, i => i > 9_000),
        "a between" => ((A >= 6_000L) & (A < 6_300L), i => i is >= 6_000 and < 6_300),
        "c = k" => (C == "k004097", i => i == 4_097),
        "a is null" => (A.IsNull(), i => i < 4_096),
        "a is not null" => (A.IsNotNull(), i => i >= 4_096),
        "c is null or a > 9000" => (C.IsNull() | (A > 9_000L), i => i is < 4_096 or > 9_000),
        "no field" => (Col("s").Field("none") == 1L, _ => false),
        _ => (Col("s").Field("l").Field("element") == 1L, _ => false),
    };
}
