/** The style sheet of the subscriber's pages: the colours and letters of the mail that led here. */
import { createHash } from 'node:crypto';
import { dark, light, type Palette } from '../digest/palette.ts';

const SERIF = 'Georgia, Cambria, serif';

const colours = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

/** Made of constants only. What depends on a choice (`:has`) is shown where a browser does not know it. */
export const pageStyle = `
:root { color-scheme: light dark; ${colours(light)} }
@media (prefers-color-scheme: dark) { :root { ${colours(dark)} } }
* { box-sizing: border-box; }
html { text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1.0625rem/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.brand { max-width: 40rem; margin: 0 auto; padding: 1.5rem 2.25rem 0.75rem; color: var(--quiet); font: normal 1.125rem/1.5rem ${SERIF}; }
main { max-width: 40rem; margin: 0 auto 3rem; padding: 2rem 2.25rem 2.5rem; background: var(--card); border: 1px solid var(--rule); border-radius: 4px; }
h1 { margin: 0; font: normal 1.75rem/2.15rem ${SERIF}; }
h2, legend { padding: 0; color: var(--accent); font: bold 1.0625rem/1.5rem inherit; font-weight: bold; }
section { margin-top: 2.25rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
section h2 { margin: 0; font-size: 1.0625rem; line-height: 1.5rem; }
p { margin: 0.6rem 0 0; }
h1 + p { margin-top: 0.9rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
ul { margin: 0.6rem 0 0; padding-left: 1.25rem; }
pre { margin: 1rem 0 0; padding: 1rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--page);
  font: 0.875rem/1.4 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; max-height: 24rem; overflow: auto; }
.whole { white-space: nowrap; }
.quiet { color: var(--quiet); font-size: 0.9375rem; line-height: 1.4rem; }
form { margin: 0; }
fieldset { margin: 2rem 0 0; padding: 0; border: 0; min-width: 0; }
legend { font-size: 1.0625rem; line-height: 1.5rem; }
label { display: block; }
.field { margin-top: 1.25rem; }
.field > label { font-weight: bold; }
.pair { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
input, select, button { font: inherit; color: inherit; }
input[type=email], input[type=date], input[type=time], select { display: block; width: 100%; max-width: 24rem; min-height: 2.75rem; margin-top: 0.35rem;
  padding: 0.45rem 0.7rem; border: 1px solid var(--quiet); border-radius: 4px; background: var(--card); color: var(--text); }
input[type=date], input[type=time] { width: 11rem; }
.pair select { width: 11rem; }
input[aria-invalid=true] { border: 2px solid var(--accent); }
input[type=checkbox], input[type=radio] { flex: none; width: 1.25rem; height: 1.25rem; margin: 0.2rem 0 0; accent-color: var(--link); }
.digest { display: flex; gap: 0.8rem; padding: 1rem 0; border-bottom: 1px solid var(--rule); }
.digest > div { flex: 1; min-width: 0; }
.digest label.name { font: bold 1.125rem/1.55rem ${SERIF}; color: var(--link); }
.digest p { margin-top: 0.25rem; }
.radio { display: flex; gap: 0.8rem; margin-top: 0.6rem; }
button { margin: 1.75rem 0.75rem 0 0; min-height: 2.75rem; padding: 0.55rem 1.4rem; border: 2px solid var(--link); border-radius: 4px;
  background: var(--link); color: var(--card); font-weight: bold; cursor: pointer; }
button.second { background: var(--card); color: var(--link); }
section button { margin-top: 1rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.problems { margin-top: 1.25rem; padding: 0.9rem 1.1rem; border-left: 4px solid var(--accent); background: var(--alarm); }
.problems h2 { margin: 0; font-size: 1.0625rem; line-height: 1.5rem; color: var(--text); }
.problem { margin-top: 0.35rem; color: var(--accent); font-weight: bold; font-size: 0.9375rem; line-height: 1.4rem; }
.done { margin-top: 1.25rem; padding: 0.9rem 1.1rem; border-left: 4px solid var(--link); background: var(--page); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@supports selector(:has(*)) {
  .cadence .time, .cadence .day, .cadence .zone { display: none; }
  .cadence:has([value=daily]:checked) .time, .cadence:has([value=weekly]:checked) .time, .cadence:has([value=weekly]:checked) .day { display: block; }
  .cadence:has([value=daily]:checked, [value=weekly]:checked, [value=hourly]:checked, [value=at-once]:checked) .zone { display: block; }
  .digest:has(> input:not(:checked)) .cadence { display: none; }
}
@media (max-width: 480px) {
  .brand { padding: 1rem 1.15rem 0.6rem; }
  main { padding: 1.4rem 1.15rem 2rem; border-left: 0; border-right: 0; border-radius: 0; }
  button { width: 100%; margin-right: 0; }
  .pair form { width: 100%; }
}
`;

/** What a content security policy allows by: this style sheet, or this script, and no other. */
export function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
