using DataEngineX.Plans;

namespace DataEngineX.Abstractions.Tests;

public class RunParametersTests
{
    [Fact]
    public void The_clock_of_a_run_has_whole_microseconds()
    {
        var clock = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        var parameters = new RunParameters(clock);

        Assert.Equal(clock.AddTicks(-7), parameters.Clock);
        Assert.Equal(clock.AddTicks(-7), (new RunParameters(default) with { Clock = clock }).Clock);
    }
}
