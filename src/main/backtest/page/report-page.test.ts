import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { deckBotSchema } from '#contract/replay-requests.ts';
import { namesOf, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { ReportRecorder } from '../report/report-recorder.ts';
import { INITIAL_CASH, INSTRUMENT_ID } from '../report/trading.fixture.ts';
import { pagePolicy, reportPage } from './report-page.ts';

const LIBRARY = { script: 'function uPlot() {}', style: '.uplot { width: 1px; }' };
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert("1")>`;

function hostileReport() {
  const recorder = new ReportRecorder({
    bot: deckBotSchema.parse({
      ...{ name: HOSTILE.slice(0, 80), strategy: 'grid', instrumentId: INSTRUMENT_ID },
      ...{ params: { note: HOSTILE }, initialCash: INITIAL_CASH },
    }),
    instrument: {
      ...{ ...namesOf(INSTRUMENT_ID), ...UNKNOWN_TERMS, id: INSTRUMENT_ID },
      ...{ priceIncrement: 0.01, sizeIncrement: 0.01 },
    },
    source: { kind: 'file', name: HOSTILE, interval: null },
    ...{ fromTime: 0 as EpochMs, toTime: 86_400_000 as EpochMs },
  });
  recorder.mark(5, 100);
  return recorder.finish({
    ...{ time: 86_400_000 as EpochMs, state: 'error', error: HOSTILE },
    played: { trades: 1, candles: 0, gaps: 0 },
  });
}

it('runs its own scripts and none of a name', () => {
  const page = reportPage([hostileReport()], LIBRARY);
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text);
  expect(scripts).toHaveLength(2);
  const policy = pagePolicy(LIBRARY);
  for (const script of scripts) {
    expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  }
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img');
});

it('loads nothing: it opens from the disk, without a network', () => {
  const page = reportPage([hostileReport()], LIBRARY);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//);
});
