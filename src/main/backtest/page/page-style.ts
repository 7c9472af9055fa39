/** Follows the system's choice of light or dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --ink: #1d1f21; --muted: #62666b; --line: #dfe1e3;
  --accent: #0b6bcb; --fill: #0b6bcb14; --second: #8a6d1b; --up: #00796b; --down: #c23b31;
  --downfill: #c23b3122; --box: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ground: #0e1012; --ink: #e4e6e8; --muted: #979ca2;
  --line: #2a2e33; --accent: #5aa9f5; --fill: #5aa9f51a; --second: #d3b25a; --up: #45bfae;
  --down: #ee7468; --downfill: #ee746826; --box: #15181b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1200px; background: var(--ground); color: var(--ink);
  font: 13px/1.5 system-ui, sans-serif; }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 14px; margin: 28px 0 8px; }
p { margin: 0 0 8px; } .muted { color: var(--muted); } .error { color: var(--down); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 8px;
  margin-top: 16px; }
.figure { background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: 8px 12px; }
.figure b { display: block; font-size: 16px; font-weight: 600; font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere; }
.figure span, .figure small { color: var(--muted); }
.plot { background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: 8px 0; }
.scroll { max-height: 420px; overflow: auto; border: 1px solid var(--line); border-radius: 4px; }
table.rows { border-collapse: collapse; width: 100%; background: var(--box); }
.rows th, .rows td { padding: 4px 12px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.rows th { position: sticky; top: 0; background: var(--box); color: var(--muted); font-weight: 500;
  box-shadow: 0 1px 0 var(--line); }
.rows td { border-top: 1px solid var(--line); } .rows .text { text-align: left; }
.rows .why { text-align: left; max-width: 340px; overflow: hidden; text-overflow: ellipsis; }
.up { color: var(--up); } .down { color: var(--down); }
.u-legend { font-size: 12px; color: var(--ink); }
article + article { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 32px; }
`;
