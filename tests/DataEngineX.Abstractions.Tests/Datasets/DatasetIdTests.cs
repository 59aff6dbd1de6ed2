namespace DataEngineX.Abstractions.Tests.Datasets;

public sealed class DatasetIdTests
{
    [Theory]
    [InlineData("observations")]
    [InlineData("weather.silver")]
    [InlineData("a-b_c.1")]
    public void A_table_name_gives_an_id_of_its_layer(string name)
    {
        var id = DatasetId.Table(Layer.Silver, name);
        Assert.Equal(("silver", name, Layer.Silver), (id.Namespace, id.Name, id.Layer));
        Assert.Equal(id, DatasetId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a..b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("ä")]
    [InlineData("a b")]
    [InlineData("a\0")]
    public void A_name_that_could_leave_its_folder_is_refused(string name)
    {
        Assert.False(DatasetId.IsTableName(name));
        Assert.Throws<ArgumentException>(() => DatasetId.Table(Layer.Raw, name));
        Assert.Throws<ArgumentException>(() => DatasetId.Model(name));
    }

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        Assert.True(DatasetId.IsTableName(new string('a', 128)));
        Assert.False(DatasetId.IsTableName(new string('a', 129)));
    }

    [Theory]
    [InlineData("silver")]
    [InlineData("/x")]
    [InlineData("x/")]
    public void A_text_without_both_parts_is_no_id(string text) => Assert.Throws<FormatException>(() => DatasetId.Parse(text));

    [Theory]
    [InlineData("SILVER", true)]
    [InlineData("1", false)]
    [InlineData("models", false)]
    [InlineData("", false)]
    public void A_layer_is_read_by_name_only(string text, bool expected) => Assert.Equal(expected, DatasetId.TryParseLayer(text, out _));
}
