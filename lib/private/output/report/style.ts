/** How the page looks: in light and dark, on paper, and as cards on a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: #1b1f24; --soft: #57606a; --back: #fff; --panel: #f6f8fa; --line: #d0d7de; --link: #0550ae;
  --error: #b3261e; --error-back: #fff0ee; --warning: #7d4e00; --warning-back: #fff8e5; --fine: #1a7f37;
  --compute: #a85400; --messages: #bf3989; --data: #0969da; --network: #6e40c9; --other: #6e7781;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --soft: #9da7b1; --back: #0d1117; --panel: #161b22; --line: #3d444d; --link: #79b8ff;
    --error: #ff8a80; --error-back: #2d1513; --warning: #e3b341; --warning-back: #272008; --fine: #56d364;
    --compute: #f0883e; --messages: #f778ba; --data: #58a6ff; --network: #a78bfa; --other: #8b949e;
  }
}
* { box-sizing: border-box; }
body {
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif;
  color: var(--text); background: var(--back);
  max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word;
}
a { color: var(--link); }
code, .path, svg text { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
code, .path { font-size: .92em; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.soft, small { color: var(--soft); }
small { font-size: .85rem; font-weight: normal; }
.chip {
  display: inline-block; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em; font-size: .85rem;
  white-space: nowrap; color: var(--soft);
}
.chip.error { color: var(--error); border-color: var(--error); background: var(--error-back); }
.chip.warning { color: var(--warning); border-color: var(--warning); background: var(--warning-back); }
.chip.fine { color: var(--fine); border-color: var(--fine); }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: .75rem 0; list-style: none; }
.notice { border-left: 4px solid var(--warning); background: var(--warning-back); padding: .5rem .75rem; }
nav ol { padding-left: 1.5rem; } nav li { margin: .2rem 0; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
form label { display: flex; flex-direction: column; font-size: .85rem; color: var(--soft); }
input, select {
  font: inherit; color: var(--text); background: var(--back); border: 1px solid var(--line); border-radius: 6px;
  padding: .3rem .5rem;
}
input { width: min(22rem, 80vw); }
.findings { list-style: none; padding: 0; margin: 0; }
.findings > li {
  border: 1px solid var(--line); border-left: 4px solid var(--warning); border-radius: 6px;
  padding: .6rem .8rem; margin: .5rem 0;
}
.findings > li.error { border-left-color: var(--error); }
.findings > li.acknowledged { border-left-color: var(--line); }
.findings p { margin: .35rem 0 0; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: 0 1rem; }
details[open] { padding-bottom: 1rem; }
summary { cursor: pointer; padding: .75rem 0; }
summary h2 { display: inline; margin: 0; }
.drawing { background: var(--panel); border-radius: 8px; padding: .75rem; margin: 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; }
tbody th { font-weight: 600; min-width: 10rem; }
tr:target, li:target, dt:target { outline: 2px solid var(--link); outline-offset: -2px; }
dl.list { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dl.list dd { margin: 0; }
[hidden] { display: none !important; }
.allowed-no { color: var(--error); }
svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
svg.narrow { display: none; }
svg text { font-size: 13px; fill: var(--text); }
svg .kind { font-size: 12px; fill: var(--soft); }
svg .note { font-size: 12px; fill: var(--soft); }
svg text.error { fill: var(--error); font-weight: 600; }
svg text.warning { fill: var(--warning); font-weight: 600; }
svg rect { fill: var(--back); stroke: var(--line); stroke-width: 1.2; }
svg .empty rect { stroke-dasharray: 4 4; }
svg .compute > rect, svg .compute > a > rect { stroke: var(--compute); } svg .compute .kind { fill: var(--compute); }
svg .messages > rect, svg .messages > a > rect { stroke: var(--messages); }
svg .messages .kind { fill: var(--messages); }
svg .data > rect, svg .data > a > rect { stroke: var(--data); } svg .data .kind { fill: var(--data); }
svg .network > rect, svg .network > a > rect { stroke: var(--network); } svg .network .kind { fill: var(--network); }
svg .other > rect, svg .other > a > rect { stroke: var(--other); }
svg .box.error > rect, svg .box.error > a > rect { stroke: var(--error); stroke-width: 2.5; fill: var(--error-back); }
svg .box.warning > rect, svg .box.warning > a > rect {
  stroke: var(--warning); stroke-width: 2.5; fill: var(--warning-back);
}
svg .edge .line { fill: none; stroke: var(--soft); stroke-width: 1.5; }
svg .edge .head { fill: var(--soft); }
svg .edge text { font-size: 11.5px; fill: var(--soft); stroke: var(--panel); stroke-width: 5px; paint-order: stroke; }
svg .edge.error .line { stroke: var(--error); stroke-dasharray: 5 4; stroke-width: 2; }
svg .edge.error .head { fill: var(--error); } svg .edge.error text { fill: var(--error); font-weight: 600; }
svg .edge.unknown .line { stroke-dasharray: 2 4; }
svg .mark circle { fill: var(--text); } svg .mark text { fill: var(--back); font-size: 11px; font-weight: 700; }
svg .mark text.small { font-size: 7.5px; }
svg a:hover text { text-decoration: underline; }
@media screen and (max-width: 1020px) {
  body { padding-left: .75rem; padding-right: .75rem; }
  details { padding-left: .6rem; padding-right: .6rem; }
  .drawing { padding: .4rem .2rem; }
  svg.wide { display: none; } svg.narrow { display: block; }
  table, tbody, tr, th, td, caption { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tbody tr {
    display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 0 1rem;
    border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; padding: .4rem .7rem;
  }
  tbody th { grid-column: 1 / -1; }
  tbody th, td { border: 0; padding: .2rem 0; min-width: 0; }
  td:empty { display: none; }
  td::before { content: attr(data-label); display: block; font-size: .8rem; color: var(--soft); }
  dl.list { grid-template-columns: 1fr; } dl.list dd { margin-bottom: .4rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  form, nav { display: none !important; }
  details { border: 0; padding: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  tr, .findings > li, svg { break-inside: avoid; }
  th, td { padding: .3rem .4rem; }
  tbody th { min-width: 7rem; }
}
`;
