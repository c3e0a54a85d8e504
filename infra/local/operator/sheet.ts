/** The style sheet of the operator's pages: the colours and letters of the mail, so that both look like one product. */
import { raw } from 'hono/html';
import { dark, light, type Palette } from '../../../shared/digest/palette.ts';

const SERIF = 'Georgia, Cambria, serif';

function colours(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

/** Parts of a chart: apart from each other and, by a contrast of 3, from the card, in either light. Grey is what stands together. */
const seriesLight = ['#1f6fb2', '#c2571a', '#2a8550', '#8e5bb5', '#a3780a', '#bf3a78', '#3c7f90', '#7d828a'];
const seriesDark = ['#5aa9e6', '#f0935a', '#5cc08b', '#b993e0', '#dbb53c', '#ea7fb0', '#7fc4d4', '#8f959f'];

function series(list: readonly string[]): string {
  return list.map((colour, index) => `--series-${index + 1}: ${colour};`).join(' ');
}

/** Raw: it is made of constants only. */
export const sheet = raw(`
:root { color-scheme: light dark; ${colours(light)} ${series(seriesLight)} }
@media (prefers-color-scheme: dark) { :root { ${colours(dark)} ${series(seriesDark)} } }
* { box-sizing: border-box; }
html { text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
a { color: var(--link); text-underline-offset: 0.15em; }
:is(a, summary, iframe, input, select, button):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--card); }
.skip:focus { top: 0.5rem; }
.top { max-width: 70rem; margin: 0 auto; padding: 1rem 2.25rem 0.75rem; display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; align-items: baseline; }
.brand { font: normal 1.25rem/1.75rem ${SERIF}; }
.top ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; padding: 0; list-style: none; }
.top a { display: inline-block; padding: 0.35rem 0; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; }
.top a:hover { color: var(--link); }
.top a[aria-current] { color: var(--text); border-color: var(--accent); }
main { max-width: 70rem; margin: 0 auto 2.5rem; padding: 2rem 2.25rem 2.5rem; background: var(--card); border: 1px solid var(--rule); border-radius: 4px; }
h1 { margin: 0; font: normal 1.75rem/2.15rem ${SERIF}; }
h2 { margin: 2.25rem 0 0; padding-top: 0.6rem; border-top: 2px solid var(--accent); color: var(--accent); font-size: 1rem; line-height: 1.5rem; }
h2 .quiet { font-weight: normal; }
h3 { margin: 0; font: bold 1.0625rem/1.5rem ${SERIF}; }
h3 a { text-decoration: none; }
h3 a:hover { text-decoration: underline; }
p { margin: 0.35rem 0 0; }
.quiet, caption, figcaption, th[scope=col], dt, summary { color: var(--quiet); font-size: 0.875rem; line-height: 1.35rem; }
.alarm { padding: 0.1rem 0.4rem; border-radius: 2px; background: var(--alarm); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
p.alarm { display: block; margin: 0.75rem 0 0; padding: 0.6rem 0.8rem; }
mark { background: var(--mark); color: var(--marked); }
code, pre { font: 0.875rem/1.35rem ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.25rem 2rem; margin: 1.5rem 0 0; }
.facts div { padding-top: 0.5rem; border-top: 1px solid var(--rule); }
dd { margin: 0; }
.facts dd { font: normal 1.375rem/1.9rem ${SERIF}; }
.facts dd + dd { font: inherit; font-size: 0.875rem; line-height: 1.35rem; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; margin-top: 0.25rem; }
caption { text-align: left; padding: 0.25rem 0 0.5rem; }
table + table, p + table { margin-top: 1rem; }
th, td { min-width: 6rem; padding: 0.6rem 1.5rem 0.6rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: normal; }
th:last-child, td:last-child { padding-right: 0; }
th[scope=row] { width: 30%; font-weight: 600; }
th .quiet, td .quiet { font-weight: normal; }
time, .number { font-variant-numeric: tabular-nums; }
.number, td time:only-child { white-space: nowrap; }
.articles { margin: 0; padding: 0; list-style: none; }
.articles > li { padding: 0.9rem 0; border-bottom: 1px solid var(--rule); max-width: 46rem; }
.articles p { margin: 0.1rem 0 0; }
.names { columns: 15rem; margin: 0.5rem 0 0; padding: 0; list-style: none; }
.names li { padding: 0.2rem 0; break-inside: avoid; }
details { margin-top: 0.75rem; }
summary { cursor: pointer; padding: 0.35rem 0; }
iframe { display: block; width: 100%; height: 42rem; max-height: 85vh; margin-top: 0.75rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--page); }
pre { margin: 0.75rem 0 0; padding: 0.9rem 1rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--page); white-space: pre-wrap; }
.pairs { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.5rem; margin: 1rem 0 0; }
.search { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.5rem 1rem; align-items: end; margin: 1rem 0 0.75rem; }
.search p { margin: 0; }
.search label { display: block; color: var(--quiet); font-size: 0.875rem; line-height: 1.35rem; }
input, select, button { width: 100%; min-height: 2.5rem; padding: 0.3rem 0.6rem; border: 1px solid var(--quiet); border-radius: 4px; background: var(--card); color: var(--text); font: inherit; }
button { width: auto; padding: 0.3rem 1.25rem; background: var(--link); border-color: var(--link); color: var(--card); cursor: pointer; }
.switches, .turning { display: flex; flex-wrap: wrap; gap: 0.25rem 2.5rem; margin-top: 0.75rem; }
.switches ul, .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.switches a, .turning a { display: inline-block; padding: 0.35rem 0; }
.switches a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; border-bottom: 2px solid var(--accent); }
.chart { margin: 1rem 0 0; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .narrow { display: none; }
.legend { margin-top: 0.5rem; font-size: 0.875rem; }
.swatch { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.4rem; border-radius: 2px; vertical-align: -0.05rem; }
${seriesLight.map((_, index) => `.swatch.series-${index + 1} { background: var(--series-${index + 1}); }`).join('\n')}
@media (max-width: 45rem) {
  .chart .wide { display: none; }
  .chart .narrow { display: block; }
  .top { padding: 0.75rem 1.125rem 0.5rem; }
  main { padding: 1.5rem 1.125rem 2rem; border-width: 1px 0; border-radius: 0; }
  .facts { grid-template-columns: 1fr 1fr; gap: 1rem 1.25rem; }
  .pairs { grid-template-columns: 1fr; gap: 0; }
  .pairs dd { margin-bottom: 0.5rem; }
  th, td { padding-right: 0.75rem; }
  th[scope=row] { width: 45%; }
  .stacks, .stacks :is(caption, tbody, tr, th, td) { display: block; width: auto; min-width: 0; padding: 0; border: 0; }
  .stacks caption { padding-bottom: 0.25rem; }
  .stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacks tr { padding: 0.7rem 0; border-bottom: 1px solid var(--rule); }
  .stacks td { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0.75rem; padding: 0.15rem 0; }
  .stacks td::before { content: attr(data-name); color: var(--quiet); font-size: 0.875rem; }
}
@media (forced-colors: active) { .alarm { border: 1px solid; } .swatch, .chart svg { forced-color-adjust: none; } }
`);
