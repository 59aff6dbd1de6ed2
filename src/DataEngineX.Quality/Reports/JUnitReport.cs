using System.Globalization;
using System.Text;
using System.Xml;

namespace DataEngineX.Quality.Reports;

/// <summary>Writes JUnit XML.</summary>
internal sealed class JUnitReport(QualityReport report, ReportOptions options)
{
    public string Write()
    {
        var rules = ReportRule.Of(report, options);
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, rules);
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, rules);
            if (report.CheckedAt is { } at)
                xml.WriteAttributeString("timestamp", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            WriteProperties(xml);
            foreach (var (rule, name) in Named(rules))
                WriteCase(xml, rule, name);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.ToString() + "\n";
    }

    private void WriteCounts(XmlWriter xml, IReadOnlyList<ReportRule> rules)
    {
        int Count(VerdictOutcome outcome) => rules.Count(r => r.Verdict.Outcome == outcome);
        xml.WriteAttributeString("name", Clean(report.Title));
        xml.WriteAttributeString("tests", Number(rules.Count));
        xml.WriteAttributeString("failures", Number(Count(VerdictOutcome.Fail)));
        xml.WriteAttributeString("errors", Number(Count(VerdictOutcome.Error)));
        xml.WriteAttributeString("skipped", Number(Count(VerdictOutcome.NotEvaluated)));
    }

    private void WriteProperties(XmlWriter xml)
    {
        (string Name, string? Value)[] properties = [("dataset", report.Dataset), ("run", report.RunId), ("success", report.Success ? "true" : "false")];
        xml.WriteStartElement("properties");
        foreach (var (name, value) in properties.Where(static p => p.Value is not null))
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", Clean(value!));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Build servers tell cases apart by their names, so the second of two equal ones gets a number.</summary>
    private static IEnumerable<(ReportRule Rule, string Name)> Named(IReadOnlyList<ReportRule> rules)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var name = rule.Subject;
            var times = seen[name] = seen.GetValueOrDefault(name) + 1;
            yield return (rule, times == 1 ? name : $"{name} #{times}");
        }
    }

    private void WriteCase(XmlWriter xml, ReportRule rule, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(report.Title));
        xml.WriteAttributeString("name", Clean(name));
        var element = rule.Verdict.Outcome switch
        {
            VerdictOutcome.Fail => "failure",
            VerdictOutcome.Error => "error",
            VerdictOutcome.NotEvaluated => "skipped",
            _ => null,
        };
        if (element is not null)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", Clean(Message(rule)));
            if (element != "skipped")
            {
                xml.WriteAttributeString("type", ReportWords.Of(rule.Verdict.Severity));
                xml.WriteString(Clean(Body(rule)));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Message(ReportRule rule) => rule.Verdict.Outcome == VerdictOutcome.NotEvaluated ? "there was nothing to check"
        : rule.Message ?? (rule.Observed is { } observed ? $"observed {observed}" : $"{rule.Verdict.Failed} of {rule.Verdict.Checked} do not hold");

    private static string Body(ReportRule rule)
    {
        var body = new StringBuilder(rule.Expectation);
        foreach (var sample in rule.Samples)
        {
            var place = sample.File is null ? "" : $" ({sample.File}:{sample.Line})";
            if (sample.Keys.Count > 0)
                place += $" [{string.Join(", ", sample.Keys.Select(static k => $"{k.Name} = {k.Json}"))}]";
            body.Append(CultureInfo.InvariantCulture, $"\nrow {sample.Row}{place}: {sample.Value ?? "null"}");
        }

        return body.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML has no way to write some characters, not even escaped.</summary>
    private static string Clean(string text)
    {
        if (IsClean(text))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (var c in text)
        {
            if (!XmlConvert.IsXmlChar(c))
                return false;
        }

        return true;
    }

    /// <summary>A writer that says UTF-8, which is what the text will be written in.</summary>
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
