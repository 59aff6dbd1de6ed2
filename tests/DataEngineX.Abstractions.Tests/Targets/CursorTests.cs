namespace DataEngineX.Abstractions.Tests.Targets;

public sealed class CursorTests
{
    private static readonly DatasetId Bronze = DatasetId.Table(Layer.Bronze, "observations");

    [Fact]
    public void After_a_run_it_stands_where_the_inputs_ended()
    {
        var cursor = Cursor.After([new InputVersion(Bronze, "7", "3", true)]);
        Assert.Equal("7", cursor[Bronze]);
        Assert.Null(cursor[DatasetId.Table(Layer.Raw, "x")]);
        Assert.Equal(cursor, Cursor.After([new InputVersion(Bronze, "7", null, true)]));
        Assert.NotEqual(cursor, Cursor.After([new InputVersion(Bronze, "8", "3", true)]));
    }

    [Fact]
    public void An_input_version_tells_its_interval() =>
        Assert.Equal("bronze/observations@(3, 7]", new InputVersion(Bronze, "7", "3", true).ToString());
}
