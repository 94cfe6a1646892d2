/** The style sheet of a page: for the screen, and for A4 paper. Nothing in it comes from a record. */

/** `state`: the answer in a word, which stands on every printed page where the browser writes into margins. */
export function styleOf(state: string): string {
  return `${sheet}
@page { size: A4; margin: 18mm 18mm 20mm; @bottom-left { content: ${quoted(state)}; ${margin} } @bottom-right { content: counter(page) " / " counter(pages); ${margin} } }
`
}

const margin = 'font: 8pt sans-serif; color: #444;'

/** A text of the catalogue as CSS has texts: nothing in it can end it. */
function quoted(text: string): string {
  return `"${text.replace(/[^\p{L}\p{M}\p{N} ]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`
}

const sheet = `
:root { --ink: #1d1d1b; --quiet: #55554f; --line: #d9d6cc; --paper: #fff; --valid: #1c5a35; --invalid: #96140e; --open: #704a00; --none: #1d1d1b; }
* { box-sizing: border-box; }
html { background: #edebe4; color: var(--ink); font: 16px/1.5 "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "DejaVu Serif", serif; -webkit-text-size-adjust: 100%; }
body { margin: 1.5rem auto; max-width: 54rem; background: var(--paper); border: 1px solid var(--line); padding: 0 3.5rem 2rem; overflow-wrap: break-word; }
p, dl, ul, ol, blockquote { margin: 0 0 .75rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 0 0 .5rem; break-after: avoid; overflow-wrap: break-word; }
h1 { font-size: 2.4rem; font-weight: 400; }
h2 { font-size: 1.2rem; margin-top: 2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-weight: 600; }
h3 { font-size: 1.1rem; margin-top: 1.25rem; }
h4, h5, h6 { font-size: 1rem; margin-top: 1rem; }
a { color: #123f73; overflow-wrap: anywhere; }
img { max-width: 100%; }
.quiet, small, .note { color: var(--quiet); }
small { display: block; }
.small, small, .note, .id, code { font-size: .85em; }
.id, code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
code { font-weight: 600; }
.code { color: var(--quiet); font-variant-numeric: tabular-nums; }
.prose { white-space: pre-line; }
.caution { border-inline-start: 4px solid var(--open); padding-inline-start: .75rem; }
.known { border-inline-start: 4px solid var(--valid); padding-inline-start: .75rem; }
.elsewhere { font-size: .85em; color: var(--quiet); }

.verdict { display: flex; gap: 1.25rem; align-items: center; margin: 0 -3.5rem; padding: .9rem 3.5rem; border-bottom: 1px solid var(--line); font-family: system-ui, "DejaVu Sans", sans-serif; font-size: .9rem; }
.verdict p { margin: 0; }
.answer { font-weight: 700; font-size: 1.1rem; white-space: nowrap; }
.answer .mark { display: inline-block; min-width: 1.7em; line-height: 1.5; text-align: center; border: 2px solid; border-radius: 50%; margin-inline-end: .25em; }
.verdict.valid .answer { color: var(--valid); }
.verdict.invalid, .verdict.indeterminate, .verdict.unverified { color: #fff; border: 0; padding-block: 1.4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.verdict.invalid { background: var(--invalid); }
.verdict.indeterminate { background: var(--open); }
.verdict.unverified { background: var(--none); }
.verdict.invalid .answer, .verdict.indeterminate .answer, .verdict.unverified .answer { font-size: 1.9rem; }
.verdict:not(.valid) .quiet, .verdict:not(.valid) a { color: inherit; }

.title { text-align: center; padding: 3rem 0 1.5rem; }
.title img { max-height: 9rem; max-width: 16rem; margin-bottom: 1.25rem; }
.title p { margin: 0; }
.kind { font-variant-caps: all-small-caps; letter-spacing: .12em; color: var(--quiet); font-size: 1.1rem; }
:lang(ar) .kind { letter-spacing: 0; }
.title h1 { margin: .25rem 0 1.5rem; }
.title .label { font-style: italic; color: var(--quiet); margin-top: .75rem; }
.title .learner { font-size: 1.7rem; line-height: 1.3; }
.title .issuer { font-size: 1.25rem; }
.title .id { font-size: .8em; }
.dates { display: flex; flex-wrap: wrap; justify-content: center; gap: .5rem 2.5rem; margin: 1.75rem 0 0; padding: .9rem 0; border-block: 1px solid var(--line); }
.dates dt { font-size: .85em; color: var(--quiet); }
dd { margin: 0; }
bdi, dd { overflow-wrap: anywhere; }
th bdi, td bdi { overflow-wrap: break-word; }
.checks td bdi, .note bdi { overflow-wrap: anywhere; }
.frame { overflow-x: auto; }
.says { font-size: .9em; }
.says.quiet { text-align: center; }

.facts > div, .inner > div { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; padding: .15rem 0; }
.facts dt, .inner dt { color: var(--quiet); }
.inner { margin: 0; }
.inner > div { grid-template-columns: 9rem 1fr; }
article > .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
article > .facts > div { grid-template-columns: 8.5rem 1fr; }
dd ul { list-style: none; padding: 0; margin: 0; }
.name { font-weight: 600; }
.party img { max-height: 4rem; }
ul, ol { padding-inline-start: 1.25rem; }
ul.evidence, ul.endorsements, ul.alignments { list-style: none; padding: 0; }
ul.evidence > li, ul.endorsements > li { border-inline-start: 2px solid var(--line); padding-inline-start: 1rem; margin-bottom: 1rem; break-inside: avoid; }
ul.alignments > li { margin-bottom: .5rem; break-inside: avoid; }
blockquote { font-style: italic; margin-inline: 0; }
:lang(ar) blockquote, :lang(ar) .title .label, :lang(ar) i { font-style: normal; }

table { width: 100%; border-collapse: collapse; font-size: .92em; margin-bottom: 1rem; }
caption { text-align: start; color: var(--quiet); font-size: .9em; padding-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
:dir(rtl) th, :dir(rtl) td { padding: .35rem 0 .35rem .6rem; }
thead th { font-weight: 600; border-bottom: 1px solid var(--ink); }
tbody th { font-weight: 600; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.checks td:nth-child(2) { white-space: nowrap; }
.failed .mark, .failed > td:nth-child(2) { color: var(--invalid); font-weight: 700; }
.inconclusive .mark, .inconclusive > td:nth-child(2) { color: var(--open); font-weight: 700; }
.passed .mark { color: var(--valid); }

.state { font: 600 .8rem/1.4 system-ui, "DejaVu Sans", sans-serif; white-space: nowrap; }
.state.valid { color: var(--valid); }
.state.invalid, .state.failed { color: #fff; background: var(--invalid); padding: .1rem .4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.state.indeterminate, .state.inconclusive, .state.skipped { color: #fff; background: var(--open); padding: .1rem .4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.state.unverified { color: #fff; background: var(--none); padding: .1rem .4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.state.superseded { color: var(--open); white-space: normal; }

.wrong { border: 2px solid var(--invalid); padding: 0 1.25rem .5rem; margin-top: 1.5rem; }
.wrong h2 { margin-top: 1rem; border: 0; color: var(--invalid); }
.indeterminate .wrong { border-color: var(--open); }
.indeterminate .wrong h2 { color: var(--open); }
.warned { border: 2px solid var(--open); padding: 0 1.25rem .5rem; margin-top: 1.5rem; }
.warned h2 { margin-top: 1rem; border: 0; color: var(--open); }
.problems { padding-inline-start: 1.25rem; }
.means { font-weight: 600; margin-bottom: .25rem; }
.record { border-top: 1px solid var(--line); padding-top: .25rem; margin-top: 1.25rem; font-size: .95em; }
.record > .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.record > .facts > div { grid-template-columns: 7.5rem 1fr; }
.record > section { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0 1rem; }
.record > section > * { grid-column: 2; }
.record > section > :is(h3, h4, h5, h6) { grid-column: 1; font-size: 1em; font-weight: 400; color: var(--quiet); margin: 0; }
.record > section.records, .record > section.contents { display: block; }
.record caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.record .number { color: var(--quiet); font-weight: 400; }
ul.line { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; padding: 0; font: .8rem/1.5 system-ui, "DejaVu Sans", sans-serif; color: var(--quiet); }
ul.line .failed, ul.line .inconclusive { color: var(--invalid); font-weight: 700; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; font-size: .85em; color: var(--quiet); }
footer p { margin: 0 0 .25rem; }

@media screen and (max-width: 44rem) {
  body { margin: 0; border: 0; padding: 0 1.1rem 1.5rem; }
  .verdict { margin: 0 -1.1rem; padding-inline: 1.1rem; display: block; }
  .facts, article > .facts, .record > .facts { display: block; }
  .facts > div, .inner > div, article > .facts > div, .record > .facts > div { grid-template-columns: 1fr; gap: 0; }
  h1 { font-size: 1.8rem; }
}
@media print {
  .frame { overflow: visible; }
  html { background: none; font-size: 10.5pt; }
  body { margin: 0; border: 0; padding: 0; max-width: none; }
  .verdict { margin: 0; padding-inline: 0; }
  .verdict:not(.valid) { padding-inline: 1rem; }
  .record { font-size: .88em; }
  p, dl, ul, ol, blockquote, table { margin-bottom: .5rem; }
  .title { padding-top: 2rem; }
  a { color: inherit; text-decoration: none; }
  .checked { break-before: auto; }
}`
