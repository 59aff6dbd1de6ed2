using BenchmarkDotNet.Running;
using DataEngineX.Benchmarks.Compare;
using DataEngineX.Benchmarks.Compare.Spilling;

if (args is ["compare", .. var rest])
    return await CompareCommand.RunAsync(rest);
if (args is [SpillChild.Verb, .. var task])
    return await SpillChild.RunAsync(task);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
