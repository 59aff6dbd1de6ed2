using LakehouseExplorer;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
return await new Explorer(Console.OpenStandardOutput(), Console.Error).RunAsync(args, stop.Token);
