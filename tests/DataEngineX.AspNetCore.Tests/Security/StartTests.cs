using DataEngineX.Hosting;
using Microsoft.Extensions.Hosting;

namespace DataEngineX.AspNetCore.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task WithoutSecurityAHostOutsideDevelopmentDoesNotStart()
    {
        await using var host = new TestHost { Environment = Environments.Production };

        var refusal = await Assert.ThrowsAsync<DataEngineXException>(host.StartAsync);

        Assert.Contains("DataEngineX:Security is not set", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'Production'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRefusalIsOneSentenceAndExitCode1()
    {
        var output = new WordsOnly();
        await using var host = new TestHost
        {
            Environment = Environments.Production,
            ConfigureDataEngineX = dex => dex.Services.AddSingleton<IVerbOutput>(output),
        };

        var code = await host.Build().RunDataEngineXAsync([]);

        Assert.Equal(1, code);
        Assert.Single(output.Error.ToString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("Audience", null, "Audience is not set")]
    [InlineData("Issuer", null, "needs either Authority, or both Issuer and SigningKeys")]
    [InlineData("SigningKeys:0", "bm90IGVub3VnaA==", "needs at least 32")]
    [InlineData("SigningKeys:0", "?", "neither a public key in PEM form nor base64")]
    [InlineData("SigningKeys:0", "-----BEGIN RSA PRIVATE KEY-----", "is a private key")]
    [InlineData("SigningKeys:0", "-----BEGIN PUBLIC KEY-----", "not an RSA or EC public key")]
    [InlineData("SigningKeys:1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "mixes symmetric and public keys")]
    [InlineData("ValidAlgorithms:0", "none", "unsigned tokens are never taken")]
    [InlineData("ValidAlgorithms:0", "HS256", "does not fit the kind of its keys")]
    [InlineData("ClockSkew", "00:02:00", "may be at most")]
    public async Task SecurityThatCannotHoldStopsTheStart(string key, string? value, string reason)
    {
        await using var host = new TestHost().Closed().Set($"DataEngineX:Security:{key}", value);

        var refusal = await Assert.ThrowsAsync<DataEngineXException>(host.StartAsync);

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfAConfigurationStopsTheStartInDevelopmentToo()
    {
        await using var host = new TestHost().Set("DataEngineX:Security:Audience", "weather");

        await Assert.ThrowsAsync<DataEngineXException>(host.StartAsync);
    }

    [Fact]
    public async Task AnOccupiedPortIsOneSentence()
    {
        await using var first = await new TestHost().StartAsync();
        var address = first.App.Urls.First();
        await using var second = new TestHost { Urls = address };

        var output = new WordsOnly();
        second.ConfigureDataEngineX = dex => dex.Services.AddSingleton<IVerbOutput>(output);

        var code = await second.Build().RunDataEngineXAsync([]);

        Assert.Equal(1, code);
        var sentence = Assert.Single(output.Error.ToString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(address, sentence, StringComparison.Ordinal);
    }

    private sealed class WordsOnly : IVerbOutput
    {
        public TextWriter Out { get; } = new StringWriter();

        public TextWriter Error { get; } = new StringWriter();
    }
}
