import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import type { Answer, DerivRequest } from './connection.ts';
import { unanswered } from './failures.ts';
import type { Asking } from './history.ts';
import { OpeningTimes } from './opening-times.ts';
import type { Parsed } from './parse.ts';

/** Deriv with one currency pair that sleeps over the weekend. */
class Calendar implements Asking {
  readonly asked: string[] = [];
  readonly #fails: boolean;

  constructor(fails = false) {
    this.#fails = fails;
  }

  async request<T>(
    question: DerivRequest,
    read: (content: unknown) => Parsed<T>,
  ): Promise<Answer<T>> {
    const date = String(question['trading_times']);
    this.asked.push(date);
    if (this.#fails) return { ok: false, error: unanswered('Gone.') };
    const weekday = new Date(date).getUTCDay();
    const open = weekday === 0 || weekday === 6 ? ['--'] : ['00:00:00', '21:30:00'];
    const symbols = [{ symbol: 'frxEURUSD', times: { open } }];
    const parsed = read({ trading_times: { markets: [{ submarkets: [{ symbols }] }] } });
    if (!parsed.ok) throw new Error(parsed.reason);
    return { ok: true, value: parsed.value };
  }
}

const at = (text: string) => Date.parse(text) as EpochMs;

describe('OpeningTimes', () => {
  it('finds the next opening, over a weekend, and asks for each day once', async () => {
    const calendar = new Calendar();
    const times = new OpeningTimes(calendar);
    const saturday = at('2025-04-26T10:00:00Z');
    expect(await times.next('frxEURUSD', saturday)).toBe(at('2025-04-28T00:00:00Z'));
    await times.next('frxEURUSD', saturday);
    expect(calendar.asked).toEqual(['2025-04-26', '2025-04-27', '2025-04-28']);
  });

  it('finds a later session of the same day', async () => {
    const friday = at('2025-04-25T20:55:00Z');
    const next = await new OpeningTimes(new Calendar()).next('frxEURUSD', friday);
    expect(next).toBe(at('2025-04-25T21:30:00Z'));
  });

  it('does not know where Deriv does not say', async () => {
    const calendar = new Calendar();
    const now = at('2025-04-26T10:00:00Z');
    expect(await new OpeningTimes(calendar).next('OTC_DJI', now)).toBeNull();
    expect(calendar.asked.length).toBe(8);
    expect(await new OpeningTimes(new Calendar(true)).next('frxEURUSD', now)).toBeNull();
  });
});
