using BenchmarkDotNet.Running;
using DataEngineX.Benchmarks.Compare;

if (args is ["compare", .. var rest])
    return await CompareCommand.RunAsync(rest);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
