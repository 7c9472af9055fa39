import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { moneyText, percentText, priceText, ratioText } from './report-text.ts';

const money = (text: string) => moneyText(text as DecimalString);
const price = (text: string) => priceText(text as DecimalString);

describe('figures of a report', () => {
  it('round money for the eye, and never to nothing', () => {
    expect(['1553.3819', '-52.42526923076923', '0', '-0.000000015'].map(money)).toEqual([
      ...['1553.38', '-52.42526923', '0', '-0.000000015'],
    ]);
    expect(money('0.00000000052425269230')).toBe('0.000000000524253');
    expect(money('-0.000000000000013161')).toBe('-0.000000000000013161');
    expect(money('123456789012345678.129')).toBe('123456789012345678.13');
  });

  it('write a price with all the digits that say something', () => {
    expect(['152.345', '0.000000010859', '0.000000000001086', '1085813820.05'].map(price)).toEqual([
      ...['152.345', '0.000000010859', '0.000000000001086', '1085813820.05'],
    ]);
    expect(price('-43.666666666666666667')).toBe('-43.66666667');
    expect(price('98123.456789123')).toBe('98123.45679');
    expect(price('0')).toBe('0');
  });

  it('write shares and ratios with two digits at least, where they are not nothing', () => {
    expect([0, 15.533819, -0.004, 0.0000123, 1.5e-10].map(percentText)).toEqual([
      ...['0.00 %', '15.53 %', '-0.0040 %', '0.000012 %', '0.00000000015 %'],
    ]);
    expect([0, 18.8693, -0.00004].map(ratioText)).toEqual(['0.000', '18.869', '-0.000040']);
    expect([percentText(null), ratioText(null), moneyText(null)]).toEqual([
      ...['not known', 'not known', 'not known'],
    ]);
  });
});
