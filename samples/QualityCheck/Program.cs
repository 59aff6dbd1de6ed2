using QualityCheck.Commands;

return await CommandLine.RunAsync(args, Console.OpenStandardOutput(), Console.OpenStandardError());
