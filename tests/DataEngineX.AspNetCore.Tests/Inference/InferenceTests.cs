using System.Text.Json;

namespace DataEngineX.AspNetCore.Tests;

public sealed class InferenceTests
{
    private const string Infer = $"/v2/models/{FakeModels.Name}/infer";
    private const string Day = """{"name":"day","datatype":"INT32","shape":[2],"data":[1,2]}""";
    private const string City = """{"name":"city","datatype":"BYTES","shape":[2],"data":["a","bb"]}""";

    [Fact]
    public async Task TheServerNamesItself()
    {
        await using var host = await new TestHost().StartAsync();

        var server = await host.GetJsonAsync("/v2");

        Assert.Equal("dataenginex", server.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, server.GetProperty("extensions").ValueKind);
        Assert.True((await host.GetJsonAsync("/v2/health/live")).GetProperty("live").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/versions/1")]
    [InlineData("/versions/champion")]
    public async Task AModelTellsItsTensors(string version)
    {
        await using var host = await new TestHost().StartAsync();

        var model = await host.GetJsonAsync($"/v2/models/{FakeModels.Name}{version}");

        Assert.Equal(["1", "2"], model.GetProperty("versions").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(
            [("high", "FP64"), ("day", "INT32"), ("city", "BYTES")],
            model.GetProperty("inputs").EnumerateArray().Select(t => (t.GetProperty("name").GetString()!, t.GetProperty("datatype").GetString()!)));
        Assert.Equal(-1, model.GetProperty("inputs")[0].GetProperty("shape")[0].GetInt64());
    }

    [Theory]
    [InlineData("[1.5,2.5]", "[2]")]
    [InlineData("[1.5,2.5]", "[2,1]")]
    [InlineData("[[1.5],[2.5]]", "[2,1]")]
    public async Task FlatAndNestedDataScoreAlike(string data, string shape)
    {
        await using var host = await new TestHost().StartAsync();

        var answer = await host.PostJsonAsync(Infer, Body($$"""{"name":"high","datatype":"FP64","shape":{{shape}},"data":{{data}}}"""));

        Assert.Equal("q1", answer.GetProperty("id").GetString());
        Assert.Equal((FakeModels.Name, "2"), (answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString()));
        var output = Assert.Single(answer.GetProperty("outputs").EnumerateArray());
        Assert.Equal(("score", "FP64"), (output.GetProperty("name").GetString(), output.GetProperty("datatype").GetString()));
        Assert.Equal("[2]", output.GetProperty("shape").GetRawText());
        Assert.Equal([3.5, 6.5], output.GetProperty("data").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(0, host.Models!.Borrowed);
    }

    [Fact]
    public async Task AVersionCanBeAskedByNumber()
    {
        await using var host = await new TestHost().StartAsync();

        var answer = await host.PostJsonAsync($"/v2/models/{FakeModels.Name}/versions/1/infer", Body(High("FP64", "[1,2]")));

        Assert.Equal("1", answer.GetProperty("model_version").GetString());
    }

    [Theory]
    [InlineData("INT64", "[1,2]")]
    [InlineData("UINT8", "[1,2]")]
    [InlineData("FP32", "[1,2]")]
    public async Task ValuesThatLoseNothingAreTaken(string datatype, string data)
    {
        await using var host = await new TestHost().StartAsync();

        var answer = await host.PostJsonAsync(Infer, Body(High(datatype, data)));

        Assert.Equal([3.0, 6.0], answer.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(v => v.GetDouble()));
    }

    [Fact]
    public async Task AMissingValueScoresNull()
    {
        await using var host = await new TestHost().StartAsync();

        var answer = await host.PostJsonAsync(Infer, Body(High("FP64", "[null,2]")));

        Assert.Equal("[null,6]", answer.GetProperty("outputs")[0].GetProperty("data").GetRawText());
    }

    public static TheoryData<string, string> BadBodies => new()
    {
        { "{", "body" },
        { "[]", "body" },
        { """{"inputs":[]}""", "inputs" },
        { """{"inputs":{}}""", "inputs" },
        { """{"inputs":[7]}""", "name" },
        { """{"inputs":[{"name":"high"}]}""", "datatype" },
        { Body(High("FP16", "[1,2]")), "FP16" },
        { Body(High("FP64", "[1]")), "asks for 2" },
        { Body(High("FP64", "[1,2,3]")), "asks for 2" },
        { Body(High("FP64", "[[1],[2]]")), "not nested" },
        { Body(High("FP64", "[1,[2]]")), "neither flat nor nested" },
        { Body(High("FP64", "[1,{}]")), "neither flat nor nested" },
        { Body(High("FP64", "[1,\"2\"]")), "value 1" },
        { Body(High("FP64", "[1,1e400]")), "value 1" },
        { Body(High("BOOL", "[true,false]")), "value 0" },
        { Body(High("INT8", "[1,300]")), "value 1" },
        { Body(High("INT64", "[1,9007199254740993]")), "value 1" },
        { Body("""{"name":"high","datatype":"FP64","shape":[-1],"data":[]}"""), "whole numbers from 0" },
        { Body("""{"name":"high","datatype":"FP64","shape":[],"data":[]}"""), "shape" },
        { Body("""{"name":"high","datatype":"FP64","shape":[1,2],"data":[1,2]}"""), "is a column" },
        { Body("""{"name":"high","datatype":"FP64","shape":[999999999999],"data":[1,2]}"""), "more than" },
        { Body("""{"name":"high","datatype":"FP64","shape":[3],"data":[1,2,3]}"""), "rows where others have" },
        { Body(High("FP64", "[1,2]") + "," + High("FP64", "[1,2]")), "stands twice" },
        { Body(High("FP64", "[1,2]") + ",{\"name\":\"extra\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[1,2]}"), "no input 'extra'" },
        { $$"""{"inputs":[{{Day}},{{City}}]}""", "'high' (FP64) is missing" },
        { $$"""{"outputs":[{"name":"none"}],"inputs":[{{High("FP64", "[1,2]")}},{{Day}},{{City}}]}""", "no output 'none'" },
        { $$"""{"id":7,"inputs":[{{High("FP64", "[1,2]")}},{{Day}},{{City}}]}""", "'id'" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), "body" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task ABodyThatDoesNotFitSaysWhy(string body, string reason)
    {
        await using var host = await new TestHost().StartAsync();

        var error = await host.PostJsonAsync(Infer, body, HttpStatusCode.BadRequest);

        Assert.Equal(["error"], error.EnumerateObject().Select(p => p.Name));
        Assert.Contains(reason, error.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, host.Models!.Borrowed);
    }

    [Fact]
    public async Task ABodyThatIsTooLargeIsRefusedBeforeItIsRead()
    {
        await using var host = await new TestHost().StartAsync();

        await host.PostJsonAsync(Infer, new string(' ', (8 * 1024 * 1024) + 1), HttpStatusCode.RequestEntityTooLarge, ask: true);
    }

    [Theory]
    [InlineData("/v2/models/none", "Model none not found")]
    [InlineData("/v2/models/next-day-high/versions/9", "Model next-day-high with version 9 not found")]
    [InlineData("/v2/models/none/ready", "Model none not found")]
    public async Task AnUnknownModelOrVersionIsNotFound(string path, string reason)
    {
        await using var host = await new TestHost().StartAsync();

        Assert.Equal(reason, (await host.GetJsonAsync(path, HttpStatusCode.NotFound)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task AModelThatCannotServeIsNotReady()
    {
        await using var host = await new TestHost().StartAsync();
        host.Models!.HasChampion = false;
        await host.GetJsonAsync($"/v2/models/{FakeModels.Name}/ready", HttpStatusCode.ServiceUnavailable);
        await host.PostJsonAsync(Infer, Body(High("FP64", "[1,2]")), HttpStatusCode.ServiceUnavailable);

        host.Models.HasChampion = true;
        host.Models.LoadFailure = new DataEngineXException("digest");
        var ready = await host.GetJsonAsync($"/v2/models/{FakeModels.Name}/ready", HttpStatusCode.ServiceUnavailable);

        Assert.False(ready.GetProperty("ready").GetBoolean());
        await host.PostJsonAsync(Infer, Body(High("FP64", "[1,2]")), HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task ABadModelNameIsRefused()
    {
        await using var host = await new TestHost().StartAsync();

        await host.PostJsonAsync("/v2/models/..%2f..%2fx/infer", "{}", HttpStatusCode.BadRequest);
        await host.GetJsonAsync($"/v2/models/{FakeModels.Name}/versions/..%2f1", HttpStatusCode.BadRequest);
    }

    private static string High(string datatype, string data) => $$"""{"name":"high","datatype":"{{datatype}}","shape":[2],"data":{{data}}}""";

    private static string Body(string high) => $$"""{"id":"q1","inputs":[{{high}},{{Day}},{{City}}]}""";
}
