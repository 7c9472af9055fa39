import { createHash } from 'node:crypto';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { escapeHtml } from './escape-html.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { reportArticle } from './report-article.ts';

/** uPlot's script and style, as its package has them. */
export interface PlotLibrary {
  readonly script: string;
  readonly style: string;
}

/** A hash in a content security policy admits just this text. */
const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const STYLE_OF = ({ style }: PlotLibrary): string => style + PAGE_STYLE;

/** Nothing may be loaded from anywhere: all that the page needs is in it. */
export const pagePolicy = (library: PlotLibrary): string =>
  [
    "default-src 'none'",
    `script-src ${hashOf(library.script)} ${hashOf(PAGE_SCRIPT)}`,
    `style-src ${hashOf(STYLE_OF(library))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** Reports as one page that opens from the disk, without a network and in either theme. */
export function reportPage(reports: readonly BacktestReport[], library: PlotLibrary): string {
  const names = reports.map(({ bot }) => bot.name).join(', ');
  const data = reports.map(({ curve }) => ({ curve }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(library)}">
<title>${escapeHtml(names)} · Tapedeck backtest</title>
<style>${STYLE_OF(library)}</style>
</head>
<body>
<main>${reports.map(reportArticle).join('')}</main>
<script type="application/json" id="data">${inlineJson(data)}</script>
<script>${library.script}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** No text in it can end the element that it stands in. */
const inlineJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
