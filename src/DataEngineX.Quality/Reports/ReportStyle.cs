using System.Security.Cryptography;
using System.Text;

namespace DataEngineX.Quality.Reports;

/// <summary>The style of HTML reports, and the policy that allows it and nothing else.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --back: #f5f7fa; --card: #fff; --ink: #17212f; --soft: #4d5b6d; --edge: #d3dae3; --link: #0b5cad;
          --good: #0f6b45; --bad: #b3202c; --warn: #8a5200; --bar: #0b6fbf;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #10161f; --card: #19212d; --ink: #e6ecf3; --soft: #a9b6c6; --edge: #344152; --link: #7cbcff;
            --good: #6fd3a4; --bad: #ff9aa2; --warn: #f2c063; --bar: #62b1ff;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 100%/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1rem; }
        header { padding-top: 1.25rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
        h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
        main:focus { outline: none; }
        .skip { position: absolute; left: -999rem; background: var(--card); padding: .5rem 1rem; }
        .skip:focus { left: .5rem; top: .5rem; z-index: 1; }
        .verdict { font-size: 1.1rem; font-weight: 600; margin: .5rem 0; }
        .card { background: var(--card); border: 1px solid var(--edge); border-radius: .6rem; padding: 1rem; margin: 0 0 1rem; }
        .note { color: var(--soft); font-size: .875rem; }
        .facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; font-size: .875rem; }
        .facts dt { color: var(--soft); }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .filter { border: 0; margin: 0 0 .75rem; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .875rem; }
        .filter legend { float: left; padding: 0 1rem 0 0; color: var(--soft); }
        .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .plain { color: var(--soft); }
        .state { white-space: nowrap; font-weight: 600; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; }
        caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--edge); }
        thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
        tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 7rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .wide { min-width: 14rem; overflow-wrap: anywhere; }
        code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .95em; overflow-wrap: anywhere;
          white-space: pre-wrap; unicode-bidi: isolate; }
        .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
        .tables > * { min-width: 0; }
        .trend { width: 7.5rem; height: 1.6rem; display: block; }
        .trend path { fill: none; stroke: var(--bar); stroke-width: 1.5; }
        .trend circle { fill: var(--good); } .trend .bad { fill: var(--bad); }
        .histogram { width: 100%; max-width: 30rem; height: auto; display: block; }
        .histogram rect { fill: var(--bar); }
        .histogram line { stroke: var(--edge); }
        .histogram text { fill: var(--soft); font-size: 11px; }
        .end { text-anchor: end; }
        figure { margin: 0; }
        figcaption { color: var(--soft); font-size: .875rem; }
        .rule + .rule { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--edge); }
        .rule p { margin: 0 0 .5rem; }
        .rule table { width: auto; }
        .rule tbody th { min-width: 0; }
        details { margin: .5rem 0; }
        summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
        footer { padding-bottom: 1.5rem; }
        body:has(#only-open:checked) .passed { display: none; }
        body:has(#of-info:not(:checked)) .of-info, body:has(#of-warning:not(:checked)) .of-warning,
        body:has(#of-error:not(:checked)) .of-error, body:has(#of-critical:not(:checked)) .of-critical { display: none; }
        @media (forced-colors: active) { .trend path { stroke: CanvasText; } .histogram rect { fill: CanvasText; } }
        @media print {
          :root { color-scheme: light; --back: #fff; --card: #fff; --ink: #000; --soft: #333; --edge: #999; --link: #000;
            --good: #0f6b45; --bad: #b3202c; --warn: #6e4200; --bar: #333; }
          .filter, .skip { display: none; }
          .scroll { overflow: visible; }
          .card { border: 0; padding: 0; }
          tr, .rule { break-inside: avoid; }
          thead { display: table-header-group; }
        }
        """;

    /// <summary>A content security policy under which the report looks as it should and nothing else can happen.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; form-action 'none'";
}
