using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(DataEngineX.Sources.Tests.Databases.PostgreSql))]

namespace DataEngineX.Sources.Tests.Databases;

/// <summary>A PostgreSQL server of their own for all tests, below a folder for temporary files, on a free port of the loopback.</summary>
public sealed class PostgreSql : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dex-pg-{Guid.NewGuid():N}");
    private string? _bin;
    private NpgsqlDataSource? _written;
    private int _port;

    /// <summary>Why there is no server, or null.</summary>
    public string? Missing { get; private set; }

    private string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=dex;Database=postgres;Timeout=10";

    public NpgsqlConnection Connect(IServiceProvider _) => new(ConnectionString);

    /// <summary>A database to write to.</summary>
    public Database Database() => Sources.Database.Of(_written ??= NpgsqlDataSource.Create(ConnectionString));

    public async Task RunAsync(string sql)
    {
        await using var connection = Connect(null!);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask InitializeAsync()
    {
        _bin = Binaries();
        if (_bin is null || (!OperatingSystem.IsWindows() && Environment.UserName == "root" && !File.Exists("/usr/sbin/runuser") && !File.Exists("/sbin/runuser")))
        {
            Missing = "PostgreSQL is not installed";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have PostgreSQL");
            return;
        }

        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
            await StartAsync("chown", ["postgres", _folder], asServer: false);
        await StartAsync(Path.Combine(_bin, "initdb"), ["-D", Data, "-U", "dex", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], isQuiet: true);
        await StartAsync(Path.Combine(_bin, "pg_ctl"), ["-s", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", $"-h 127.0.0.1 -p {_port} -k {_folder} -F", "start"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bin is not null && Missing is null)
        {
            if (_written is not null)
                await _written.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            await StartAsync(Path.Combine(_bin, "pg_ctl"), ["-s", "-D", Data, "-m", "immediate", "stop"]);
        }

        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static string? Binaries()
    {
        var places = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Reverse().Select(v => Path.Combine(v, "bin")) : [];
        return places.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(p => File.Exists(Path.Combine(p, "initdb")) && File.Exists(Path.Combine(p, "pg_ctl")));
    }

    /// <summary>The server refuses to run as root; then it runs as the user its package made.</summary>
    private static async Task StartAsync(string program, IReadOnlyList<string> arguments, bool asServer = true, bool isQuiet = false)
    {
        var asUser = asServer && Environment.UserName == "root";
        var start = new ProcessStartInfo(asUser ? "runuser" : program) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = isQuiet };
        foreach (var argument in asUser ? ["-u", "postgres", "--", program, .. arguments] : arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (isQuiet)
            await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
    }
}
