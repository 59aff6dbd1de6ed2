using DataEngineX.BuildTool;

// What .ci/run and .ci/soak need to know of a finished run, so that they need no other language than bash.
try
{
    switch (args)
    {
        case ["summary", var results, .. var suites]:
            return TestSummary.Print(TestSummary.Read(results, suites), Console.Out) ? 0 : 1;
        case ["closing", var results, .. var suites]:
            Console.WriteLine(TestSummary.ClosingLine(TestSummary.Read(results, suites)));
            return 0;
        case ["coverage", var results, var floor, .. var packages]:
            return Coverage.Print(Coverage.Read(results, packages), int.Parse(floor, null), Console.Out) ? 0 : 1;
        case ["budget", var results, var steps, var target, .. var suites]:
            File.WriteAllText(target, Budget.Render(TestSummary.Read(results, suites), File.ReadAllLines(steps)));
            return 0;
        case ["example", var readme, var folder]:
            ReadmeExample.Extract(File.ReadAllText(readme)).WriteTo(folder);
            return 0;
        default:
            Console.Error.WriteLine("usage: summary|closing RESULTS SUITE... | coverage RESULTS FLOOR PACKAGE... | budget RESULTS STEPS TARGET SUITE... | example README FOLDER");
            return 2;
    }
}
catch (Exception e) when (e is IOException or FormatException or System.Xml.XmlException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
