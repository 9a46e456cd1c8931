export const styles = `
:root {
  color-scheme: light dark;
  --background: light-dark(#f6f7f9, #101216);
  --surface: light-dark(#ffffff, #181b21);
  --inset: light-dark(#f0f2f5, #12151a);
  --line: light-dark(#dfe3e8, #2b3038);
  --text: light-dark(#1a1d23, #e8eaee);
  --muted: light-dark(#5b6472, #98a2b3);
  --accent: light-dark(#4338ca, #a5b4fc);
  --accent-background: light-dark(#4338ca, #4f46e5);
  --good: light-dark(#166534, #86efac);
  --good-background: light-dark(#dcfce7, #11331f);
  --bad: light-dark(#b42318, #fda29b);
  --bad-background: light-dark(#fee4e2, #451a17);
  --pending: light-dark(#8a5300, #fcd34d);
  --pending-background: light-dark(#fef0c7, #40300b);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, p { margin: 0; }
h1 { font-size: 1.4rem; letter-spacing: -0.01em; }
h2 { font-size: 1rem; }
code, pre, .mono { font-family: var(--mono); font-size: 0.85em; overflow-wrap: anywhere; }
.bar { background: var(--surface); border-bottom: 1px solid var(--line); }
.bar > div, .warning > div, main { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
.bar > div { display: flex; flex-wrap: wrap; align-items: center; column-gap: 1.5rem; padding-top: 0.75rem; }
.brand { font-weight: 650; color: var(--text); text-decoration: none; }
.brand span { color: var(--muted); font-weight: 400; }
.hold { margin-left: auto; display: flex; align-items: center; gap: 0.6rem; font-size: 0.9rem; }
nav { display: flex; gap: 0.25rem; overflow-x: auto; flex-basis: 100%; margin: 0.5rem 0 0 -0.5rem; }
nav a { padding: 0.5rem 0.6rem; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; white-space: nowrap; }
nav a:hover { color: var(--text); }
nav a[aria-current] { color: var(--text); border-color: var(--accent); font-weight: 550; }
main { padding-top: 1.5rem; padding-bottom: 4rem; display: grid; gap: 1.25rem; }
main > *, .card > * { min-width: 0; }
.head { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: center; justify-content: space-between; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.pad { padding: 1.1rem 1.25rem; display: grid; gap: 0.9rem; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows > li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 1rem; padding: 0.75rem 1.25rem; }
.rows > li + li { border-top: 1px solid var(--line); }
.rows .main { flex: 1 1 16rem; min-width: 0; overflow-wrap: anywhere; }
.rows .main > * { display: block; }
.rows .title { font-weight: 550; color: var(--text); text-decoration: none; }
a.title:hover { text-decoration: underline; }
.muted { color: var(--muted); font-size: 0.88rem; }
.avatar { width: 2rem; height: 2rem; border-radius: 50%; }
.code { font: 600 1.35rem/1 var(--mono); letter-spacing: 0.12em; user-select: all; }
.tag { display: inline-block; padding: 0.1rem 0.5rem; border-radius: 99px; font-size: 0.8rem; background: var(--inset); color: var(--muted); white-space: nowrap; }
.tag.good { background: var(--good-background); color: var(--good); }
.tag.bad { background: var(--bad-background); color: var(--bad); }
.tag.pending { background: var(--pending-background); color: var(--pending); }
.empty { padding: 2.5rem 1.25rem; text-align: center; color: var(--muted); }
form.inline { display: inline-flex; gap: 0.5rem; flex-wrap: wrap; }
button, .button { font: inherit; font-size: 0.9rem; padding: 0.4rem 0.8rem; border-radius: 7px; border: 1px solid var(--line); background: var(--surface); color: var(--text); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { background: var(--inset); }
button.primary { background: var(--accent-background); border-color: transparent; color: #fff; }
button.primary:hover { filter: brightness(1.12); }
button.danger { color: var(--bad); }
details.pad > form { display: grid; gap: 0.9rem; margin-top: 0.9rem; }
summary > .tag { margin-right: 0.35rem; }
.fields { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
label { display: grid; gap: 0.25rem; font-size: 0.88rem; color: var(--muted); align-content: start; }
label.check { grid-template-columns: auto 1fr; gap: 0.55rem; align-items: center; color: var(--text); font-size: 0.95rem; }
label.wide { grid-column: 1 / -1; }
input, textarea, select { font: inherit; color: var(--text); background: var(--background); border: 1px solid var(--line); border-radius: 7px; padding: 0.45rem 0.6rem; width: 100%; }
fieldset { border: 0; border-top: 1px solid var(--line); margin: 0; padding: 0.9rem 0 0; min-width: 0; display: grid; gap: 0.4rem; }
legend { float: left; padding: 0; font-weight: 550; }
legend + * { clear: both; }
form .inline { display: inline-flex; gap: 0.5rem; flex-wrap: wrap; }
.fields.narrow { grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr)); align-items: end; }
form ul { margin: 0; padding-left: 1.1rem; display: grid; gap: 0.25rem; }
.warning { background: var(--pending-background); color: var(--pending); border-bottom: 1px solid var(--line); }
.warning > div { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; padding-top: 0.6rem; padding-bottom: 0.6rem; }
.warning p { flex: 1 1 16rem; min-width: 0; }
input[type=checkbox] { width: auto; accent-color: var(--accent-background); }
textarea { font-family: var(--mono); font-size: 0.85rem; min-height: 7rem; resize: vertical; }
summary { cursor: pointer; font-weight: 550; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.25rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 0.8rem; background: var(--inset); border-radius: 7px; white-space: pre-wrap; max-height: 26rem; overflow: auto; }
.notice { background: var(--bad-background); color: var(--bad); padding: 0.7rem 1.25rem; border-radius: 10px; }
@media (max-width: 34rem) {
  .bar > div, .warning > div, main { padding-left: 0.9rem; padding-right: 0.9rem; }
  .rows > li, .pad { padding-left: 0.9rem; padding-right: 0.9rem; }
  .hold { margin-left: 0; flex-basis: 100%; margin-top: 0.4rem; }
  nav { gap: 0; }
  nav a { padding: 0.5rem 0.3rem; font-size: 0.84rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
}
`;
