using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace DataEngineX.AspNetCore;

/// <summary>Says in one sentence why the server could not listen.</summary>
internal sealed class ServerStart(IServer server) : IServer
{
    public IFeatureCollection Features => server.Features;

    /// <summary>Stands before the server registered so far; a server registered later, as tests do, is left alone.</summary>
    public static void Decorate(IServiceCollection services)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            var descriptor = services[i];
            if (descriptor.ServiceType != typeof(IServer) || descriptor.IsKeyedService)
                continue;
            services[i] = ServiceDescriptor.Singleton<IServer>(provider => new ServerStart(Create(descriptor, provider)));
            return;
        }
    }

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or SocketException && Find(e) is not null)
        {
            var code = Find(e)!.SocketErrorCode;
            var where = string.Join(" or ", Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()?.Addresses ?? []);
            throw new DataEngineXException(code switch
            {
                SocketError.AddressAlreadyInUse => $"{Where(where)} is in use by another process: stop that one, or choose another address with --urls.",
                SocketError.AccessDenied => $"{Where(where)} may not be opened by this user: choose another address with --urls.",
                _ => $"{Where(where)} cannot be opened ({code}): choose another address with --urls.",
            }, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();

    private static string Where(string addresses) => addresses.Length > 0 ? $"The address {addresses}" : "The address to listen at";

    private static SocketException? Find(Exception? e)
    {
        while (e is not null and not SocketException)
            e = e.InnerException;
        return e as SocketException;
    }

    private static IServer Create(ServiceDescriptor descriptor, IServiceProvider provider) => (IServer)(descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!));
}
