using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <summary>What every metadata store must hold to. A test class for a store derives from it and says how the store is opened.</summary>
public abstract class MetadataStoreConformance
{
    private const int Racers = 16;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DatasetId Silver = DatasetId.Table(Layer.Silver, "observations");

    /// <summary>The clock by which the stores of a test let leases expire.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Opens the store of this test. Each call in one test stands for another host: its store sees the same state.</summary>
    /// <param name="leaseClock">The clock by which leases expire.</param>
    protected abstract IMetadataStore Open(TimeProvider leaseClock);

    /// <summary>A store can be prepared by many hosts at once, and again.</summary>
    [Fact]
    public async Task Many_hosts_initialize_at_once()
    {
        var stores = Enumerable.Range(0, Racers).Select(_ => Open(Clock)).ToList();

        await Task.WhenAll(stores.Select(s => Task.Run(async () => await s.InitializeAsync().ConfigureAwait(false)))).ConfigureAwait(false);
        await stores[0].InitializeAsync().ConfigureAwait(false);

        Assert.True(await stores[0].SaveRunAsync(Run("1")).ConfigureAwait(false));
        Assert.NotNull(await stores[^1].GetRunAsync("1").ConfigureAwait(false));
    }

    /// <summary>What was saved of a run is read back whole.</summary>
    [Fact]
    public async Task A_run_comes_back_as_it_was_saved()
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        var run = FullRun("1");

        Assert.True(await store.SaveRunAsync(run).ConfigureAwait(false));

        var read = await (await OpenedAsync().ConfigureAwait(false)).GetRunAsync("1").ConfigureAwait(false);
        Assert.NotNull(read);
        Assert.Equivalent(run, read, strict: true);
        Assert.Null(await store.GetRunAsync("2").ConfigureAwait(false));
    }

    /// <summary>A run may be saved many times while it is at work, and once at its end.</summary>
    /// <param name="final">The first final state.</param>
    /// <param name="late">A state that comes too late.</param>
    [Theory]
    [InlineData(RunState.Succeeded, RunState.Failed)]
    [InlineData(RunState.Failed, RunState.Succeeded)]
    [InlineData(RunState.Cancelled, RunState.Running)]
    [InlineData(RunState.Succeeded, RunState.Succeeded)]
    public async Task The_first_final_state_is_final(RunState final, RunState late)
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        Assert.True(await store.SaveRunAsync(Run("1")).ConfigureAwait(false));
        Assert.True(await store.SaveRunAsync(Run("1") with { RunKey = "key" }).ConfigureAwait(false));
        Assert.True(await store.SaveRunAsync(Run("1") with { State = final, Error = "first" }).ConfigureAwait(false));

        Assert.False(await store.SaveRunAsync(Run("1") with { State = late, Error = "late" }).ConfigureAwait(false));

        var read = await store.GetRunAsync("1").ConfigureAwait(false);
        Assert.Equal((final, "first"), (read!.State, read.Error));
    }

    /// <summary>Of many hosts that end one run, one does.</summary>
    [Fact]
    public async Task One_of_many_writers_ends_a_run()
    {
        var stores = await OpenedAsync(4).ConfigureAwait(false);
        await stores[0].SaveRunAsync(Run("1")).ConfigureAwait(false);

        var wins = await RaceAsync(async i => await stores[i % 4].SaveRunAsync(
            Run("1") with { State = i % 2 == 0 ? RunState.Succeeded : RunState.Failed, Error = Text(i) }).ConfigureAwait(false)).ConfigureAwait(false);

        var winner = Assert.Single(wins);
        Assert.Equal(Text(winner), (await stores[0].GetRunAsync("1").ConfigureAwait(false))!.Error);
    }

    /// <summary>Lists are newest first, filtered, without verdicts.</summary>
    [Fact]
    public async Task Lists_are_filtered_and_newest_first()
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        await store.SaveRunAsync(FullRun("3")).ConfigureAwait(false);
        await store.SaveRunAsync(Run("1") with { Pipeline = "b" }).ConfigureAwait(false);
        await store.SaveRunAsync(Run("2") with { State = RunState.Failed }).ConfigureAwait(false);

        Assert.Equal(["3", "2", "1"], await IdsAsync(store, new RunQuery()).ConfigureAwait(false));
        Assert.Equal(["3", "2"], await IdsAsync(store, new RunQuery { Pipeline = "a" }).ConfigureAwait(false));
        Assert.Equal(["3", "2"], await IdsAsync(store, new RunQuery { State = RunState.Failed }).ConfigureAwait(false));
        Assert.Equal([], await IdsAsync(store, new RunQuery { Pipeline = "b", State = RunState.Failed }).ConfigureAwait(false));
        var listed = await store.ListRunsAsync(new RunQuery { Limit = 1 }).ConfigureAwait(false);
        Assert.Empty(Assert.Single(listed).Verdicts);
        Assert.Equal(FullRun("3").Rows, listed[0].Rows);
    }

    /// <summary>Pages join without gap or repetition while newer runs arrive.</summary>
    [Fact]
    public async Task Pages_hold_while_runs_arrive()
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        for (var i = 0; i < 25; i++)
            await store.SaveRunAsync(Run(Text(i))).ConfigureAwait(false);
        var seen = new List<string>();
        string? before = null;
        while (await IdsAsync(store, new RunQuery { Before = before, Limit = 10 }).ConfigureAwait(false) is { Count: > 0 } page)
        {
            seen.AddRange(page);
            before = page[^1];
            await store.SaveRunAsync(Run($"z{seen.Count}")).ConfigureAwait(false);
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(Text), seen);
    }

    /// <summary>A lease held is not given to another; one given back is.</summary>
    [Fact]
    public async Task A_lease_has_one_holder()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        var held = await stores[0].TryAcquireLeaseAsync("p", "one", Minute).ConfigureAwait(false);
        Assert.NotNull(held);
        Assert.Equal(("p", "one", Clock.GetUtcNow() + Minute), (held.Name, held.Owner, held.ExpiresAt));
        Assert.Null(await stores[1].TryAcquireLeaseAsync("p", "two", Minute).ConfigureAwait(false));
        Assert.Null(await stores[0].TryAcquireLeaseAsync("p", "one", Minute).ConfigureAwait(false));
        Assert.NotNull(await stores[1].TryAcquireLeaseAsync("q", "two", Minute).ConfigureAwait(false));

        await stores[0].ReleaseLeaseAsync(held).ConfigureAwait(false);

        Assert.False(await stores[0].RenewLeaseAsync(held, Minute).ConfigureAwait(false));
        var next = await stores[1].TryAcquireLeaseAsync("p", "two", Minute).ConfigureAwait(false);
        Assert.True(next!.Token > held.Token);
    }

    /// <summary>Renewal holds a lease; without it another host takes over, and the first can neither renew nor release.</summary>
    [Fact]
    public async Task A_lease_not_renewed_is_taken_over()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        var first = (await stores[0].TryAcquireLeaseAsync("p", "one", Minute).ConfigureAwait(false))!;
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await stores[0].RenewLeaseAsync(first, Minute).ConfigureAwait(false));
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(await stores[1].TryAcquireLeaseAsync("p", "two", Minute).ConfigureAwait(false));
        Clock.Advance(TimeSpan.FromSeconds(10));

        var second = await stores[1].TryAcquireLeaseAsync("p", "two", Minute).ConfigureAwait(false);

        Assert.True(second!.Token > first.Token);
        Assert.False(await stores[0].RenewLeaseAsync(first, Minute).ConfigureAwait(false));
        await stores[0].ReleaseLeaseAsync(first).ConfigureAwait(false);
        Assert.Null(await stores[0].TryAcquireLeaseAsync("p", "one", Minute).ConfigureAwait(false));
        Assert.True(await stores[1].RenewLeaseAsync(second, Minute).ConfigureAwait(false));
    }

    /// <summary>Tokens grow through release, expiry and reopening, and no two holders get the same.</summary>
    [Fact]
    public async Task Tokens_strictly_grow()
    {
        var tokens = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            var store = await OpenedAsync().ConfigureAwait(false);
            var lease = (await store.TryAcquireLeaseAsync("p", Text(i), Minute).ConfigureAwait(false))!;
            tokens.Add(lease.Token);
            if (i % 2 == 0)
                await store.ReleaseLeaseAsync(lease).ConfigureAwait(false);
            else
                Clock.Advance(Minute);
        }

        Assert.Equal(tokens.Order().Distinct(), tokens);
    }

    /// <summary>Of many that ask for a free lease at once, one gets it.</summary>
    [Fact]
    public async Task One_of_many_gets_a_lease()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        for (var round = 0; round < 5; round++)
        {
            var wins = await RaceAsync(async i =>
                await stores[i % 2].TryAcquireLeaseAsync("p", Text(i), Minute).ConfigureAwait(false) is not null).ConfigureAwait(false);
            Assert.Single(wins);
            Clock.Advance(Minute);
        }
    }

    /// <summary>Of many that claim a slot at once, one wins; the same instant in another offset is the same slot.</summary>
    [Fact]
    public async Task A_slot_has_one_winner()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        for (var round = 0; round < 5; round++)
        {
            var instant = Clock.GetUtcNow().AddMinutes(round);
            var wins = await RaceAsync(async i => await stores[i % 2].TryClaimSlotAsync(
                "s", instant.ToOffset(TimeSpan.FromHours(i - 8)), Text(i)).ConfigureAwait(false)).ConfigureAwait(false);
            Assert.Single(wins);
        }

        Assert.False(await (await OpenedAsync().ConfigureAwait(false)).TryClaimSlotAsync("s", Clock.GetUtcNow(), "late").ConfigureAwait(false));
        Assert.True(await stores[0].TryClaimSlotAsync("other", Clock.GetUtcNow(), "one").ConfigureAwait(false));
    }

    /// <summary>The last slot is the newest instant, in whatever order slots were claimed.</summary>
    [Fact]
    public async Task The_last_slot_is_the_newest()
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        var noon = Clock.GetUtcNow().AddHours(12);
        Assert.Null(await store.GetLastSlotAsync("s").ConfigureAwait(false));

        await store.TryClaimSlotAsync("s", noon, "one").ConfigureAwait(false);
        await store.TryClaimSlotAsync("s", noon.AddHours(-1), "one").ConfigureAwait(false);
        await store.TryClaimSlotAsync("other", noon.AddHours(1), "one").ConfigureAwait(false);

        Assert.Equal(noon, await (await OpenedAsync().ConfigureAwait(false)).GetLastSlotAsync("s").ConfigureAwait(false));
    }

    /// <summary>The evidence of the newest version stays, whatever order runs save in.</summary>
    [Fact]
    public async Task Evidence_of_the_newest_version_stays()
    {
        var store = await OpenedAsync().ConfigureAwait(false);
        Assert.Null(await store.GetEvidenceAsync(Silver).ConfigureAwait(false));
        var older = Evidence("9", "run-09");
        var newer = Evidence("10", "run-10");

        await store.SaveEvidenceAsync(newer).ConfigureAwait(false);
        await store.SaveEvidenceAsync(older).ConfigureAwait(false);
        Assert.Equivalent(newer, await store.GetEvidenceAsync(Silver).ConfigureAwait(false), strict: true);

        var remade = Evidence("0", "run-11");
        await store.SaveEvidenceAsync(remade).ConfigureAwait(false);
        Assert.Equivalent(remade, await (await OpenedAsync().ConfigureAwait(false)).GetEvidenceAsync(Silver).ConfigureAwait(false), strict: true);
        Assert.Null(await store.GetEvidenceAsync(DatasetId.Table(Layer.Gold, "observations")).ConfigureAwait(false));
    }

    /// <summary>A value is set only by who saw what it was.</summary>
    [Fact]
    public async Task A_value_is_set_by_who_saw_it()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        Assert.Null(await stores[0].GetValueAsync("k").ConfigureAwait(false));
        Assert.True(await stores[0].TrySetValueAsync("k", null, null).ConfigureAwait(false));
        Assert.False(await stores[0].TrySetValueAsync("k", "a", "seen").ConfigureAwait(false));
        Assert.True(await stores[0].TrySetValueAsync("k", "a", null).ConfigureAwait(false));
        Assert.False(await stores[1].TrySetValueAsync("k", "b", null).ConfigureAwait(false));
        Assert.False(await stores[1].TrySetValueAsync("k", null, null).ConfigureAwait(false));
        Assert.True(await stores[1].TrySetValueAsync("k", string.Empty, "a").ConfigureAwait(false));
        Assert.Equal(string.Empty, await stores[0].GetValueAsync("k").ConfigureAwait(false));
        Assert.True(await stores[1].TrySetValueAsync("k", "c", string.Empty).ConfigureAwait(false));
        Assert.False(await stores[1].TrySetValueAsync("k", null, "a").ConfigureAwait(false));
        Assert.True(await stores[1].TrySetValueAsync("k", null, "c").ConfigureAwait(false));
        Assert.Null(await stores[0].GetValueAsync("k").ConfigureAwait(false));
    }

    /// <summary>Many writers that count up by compare-and-set lose no step.</summary>
    [Fact]
    public async Task No_step_of_many_counters_is_lost()
    {
        var stores = await OpenedAsync(2).ConfigureAwait(false);
        await RaceAsync(async i =>
        {
            for (var step = 0; step < 5;)
            {
                var seen = await stores[i % 2].GetValueAsync("n").ConfigureAwait(false);
                var next = int.Parse(seen ?? "0", CultureInfo.InvariantCulture) + 1;
                if (await stores[i % 2].TrySetValueAsync("n", next.ToString(CultureInfo.InvariantCulture), seen).ConfigureAwait(false))
                    step++;
            }

            return true;
        }).ConfigureAwait(false);

        Assert.Equal((Racers * 5).ToString(CultureInfo.InvariantCulture), await stores[0].GetValueAsync("n").ConfigureAwait(false));
    }

    private static async Task<List<int>> RaceAsync(Func<int, Task<bool>> racer)
    {
        using var gate = new Barrier(Racers);
        var won = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => Task.Factory.StartNew(
            () =>
            {
                gate.SignalAndWait();
                return racer(i);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap())).ConfigureAwait(false);
        return [.. Enumerable.Range(0, Racers).Where(i => won[i])];
    }

    private static async Task<List<string>> IdsAsync(IMetadataStore store, RunQuery query) =>
        [.. (await store.ListRunsAsync(query).ConfigureAwait(false)).Select(r => r.Id)];

    private static string Text(int number) => number.ToString("D4", CultureInfo.InvariantCulture);

    private RunRecord Run(string id) => new() { Id = id, Pipeline = "a", State = RunState.Running, StartedAt = Clock.GetUtcNow() };

    private RunRecord FullRun(string id) => Run(id) with
    {
        State = RunState.Failed,
        Trigger = "schedule",
        Partition = "2015-01-01",
        Attempt = 3,
        Faults = [new RunFault(1, Clock.GetUtcNow(), "gone"), new RunFault(2, Clock.GetUtcNow().AddSeconds(1), "busy")],
        RunKey = "key",
        FinishedAt = Clock.GetUtcNow().AddTicks(1),
        Rows = new RunRows { Read = 10, Generated = 1, Written = 8, Filtered = 2, Quarantined = 1 },
        Error = "It broke: \"quoted\", ü, 漢.",
        Target = Silver,
        Version = "7",
        Inputs = [new InputVersion(DatasetId.Table(Layer.Bronze, "observations"), "4", "3", HasData: true) { Identity = "c0ffee" }],
        Verdicts = Evidence("7", id).Verdicts,
    };

    private DatasetEvidence Evidence(string version, string runId) => new(
        Silver,
        version,
        runId,
        Clock.GetUtcNow(),
        [
            new Verdict
            {
                Rule = "between",
                Column = "temp_c",
                Expectation = "between -90 and 60",
                Outcome = VerdictOutcome.Fail,
                Severity = Severity.Critical,
                Checked = 10,
                Failed = 1,
                Mostly = 0.99,
                Samples = [new VerdictSample(3, "4000", "late.csv", 7)],
            },
        ],
        new DatasetLineage(
            Silver,
            "weather.silver",
            [DatasetId.Table(Layer.Bronze, "observations")],
            [new ColumnLineage("temp_c", [new ColumnOrigin(DatasetId.Table(Layer.Bronze, "observations"), "temp_f", LineageKind.Transformation)])],
            []));

    private async Task<IMetadataStore> OpenedAsync()
    {
        var store = Open(Clock);
        await store.InitializeAsync().ConfigureAwait(false);
        return store;
    }

    private async Task<IReadOnlyList<IMetadataStore>> OpenedAsync(int count)
    {
        var stores = new List<IMetadataStore>();
        for (var i = 0; i < count; i++)
            stores.Add(await OpenedAsync().ConfigureAwait(false));
        return stores;
    }
}
