using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Drift;

public class SchemaDriftTests
{
    [Theory]
    [InlineData("int32", "int64", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("int64", "int32", SchemaDriftKind.TypeNarrowed, SchemaDriftClass.Breaking)]
    [InlineData("uint32", "int64", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("int32", "uint64", SchemaDriftKind.TypeChanged, SchemaDriftClass.Breaking)]
    [InlineData("uint32", "int32", SchemaDriftKind.TypeChanged, SchemaDriftClass.Breaking)]
    [InlineData("int32", "double", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("int64", "double", SchemaDriftKind.TypeChanged, SchemaDriftClass.Breaking)]
    [InlineData("float", "double", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("int64", "utf8", SchemaDriftKind.TypeChanged, SchemaDriftClass.Breaking)]
    [InlineData("decimal(10,2)", "decimal(12,2)", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("decimal(10,2)", "decimal(12,4)", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("decimal(10,2)", "decimal(10,4)", SchemaDriftKind.DecimalScaleChanged, SchemaDriftClass.Breaking)]
    [InlineData("decimal(10,2)", "decimal(8,2)", SchemaDriftKind.TypeNarrowed, SchemaDriftClass.Breaking)]
    [InlineData("int16", "decimal(10,2)", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    [InlineData("timestamp[us]", "timestamp[us, UTC]", SchemaDriftKind.TimeZoneChanged, SchemaDriftClass.Breaking)]
    [InlineData("timestamp[us, UTC]", "timestamp[us, Europe/Berlin]", SchemaDriftKind.TimeZoneChanged, SchemaDriftClass.Breaking)]
    [InlineData("timestamp[us, UTC]", "timestamp[ms, UTC]", SchemaDriftKind.TimeUnitChanged, SchemaDriftClass.Breaking)]
    [InlineData("struct<a: int32>", "struct<a: int64>", SchemaDriftKind.NestedChanged, SchemaDriftClass.Breaking)]
    [InlineData("null", "utf8", SchemaDriftKind.TypeWidened, SchemaDriftClass.Widening)]
    public void Types_change_in_classes(string before, string after, SchemaDriftKind kind, SchemaDriftClass meaning)
    {
        var change = Assert.Single(SchemaDrift.Between([new SchemaColumn("x", before, true)], [new SchemaColumn("x", after, true)]));
        Assert.Equal(new SchemaChange("x", kind, meaning, before, after), change);
    }

    [Fact]
    public void Real_types_have_these_names()
    {
        Field[] before = [new("d", Date32Type.Default, true), new("h", HalfFloatType.Default, true), new("f", FloatType.Default, true), new("i", Int8Type.Default, true)];
        Field[] after =
        [
            new("d", new TimestampType(TimeUnit.Microsecond, (string?)null), true), new("h", FloatType.Default, true), new("f", DoubleType.Default, true),
            new("i", new Decimal128Type(3, 0), true),
        ];
        var changes = SchemaDrift.Between(new Schema(before, null), new Schema(after, null));
        Assert.Equal(4, changes.Count);
        Assert.All(changes, c => Assert.Equal(SchemaDriftKind.TypeWidened, c.Kind));
    }

    [Fact]
    public void Columns_come_go_move_and_change_their_name_and_nullability()
    {
        SchemaColumn[] before = [new("id", "int64", false), new("name", "utf8", true), new("temp", "double", true), new("gone", "bool", true), new("at", "date32", true)];
        SchemaColumn[] after = [new("at", "date32", false), new("id", "int64", true), new("name", "utf8", true), new("temp_c", "double", true), new("new", "utf8", true), new("key", "int64", false)];
        Assert.Equal(
            [
                new SchemaChange("id", SchemaDriftKind.BecameNullable, SchemaDriftClass.Widening, "required", "nullable"),
                new SchemaChange("temp", SchemaDriftKind.Renamed, SchemaDriftClass.Breaking, "temp", "temp_c"),
                new SchemaChange("gone", SchemaDriftKind.Removed, SchemaDriftClass.Breaking, "bool", null),
                new SchemaChange("at", SchemaDriftKind.BecameRequired, SchemaDriftClass.Compatible, "nullable", "required"),
                new SchemaChange("at", SchemaDriftKind.Reordered, SchemaDriftClass.Compatible, "4", "0"),
                new SchemaChange("new", SchemaDriftKind.Added, SchemaDriftClass.Compatible, null, "utf8"),
                new SchemaChange("key", SchemaDriftKind.Added, SchemaDriftClass.Widening, null, "int64"),
            ],
            SchemaDrift.Between(before, after));
        Assert.Empty(SchemaDrift.Between(before, before));
        Assert.Empty(SchemaDrift.Between([], []));
    }
}
