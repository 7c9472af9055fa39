import { describe, expect, it } from 'vitest';
import { describeStrategy } from '#main/bots/describe-strategy.ts';
import { dcaStrategy } from '#main/bots/strategies/dca.ts';
import { movingAverageCrossStrategy } from '#main/bots/strategies/moving-average-cross.ts';
import { readParameters, strategyLines } from './bot-parameters.ts';

const CROSS = describeStrategy(movingAverageCrossStrategy);
const read = (...texts: string[]) => {
  const parameters = readParameters(texts, CROSS);
  return parameters.ok ? parameters.value : parameters.error.message;
};

describe('parameters on the command line', () => {
  it('are read as the strategy itself describes them', () => {
    expect(read('fast=5', 'average=SMA', 'quantity=0.10', 'stopLossPercent=1.5')).toEqual({
      ...{ fast: 5, average: 'SMA', quantity: '0.10', stopLossPercent: 1.5 },
    });
    expect(read()).toEqual({});
  });

  it.each([
    ['fast', '"fast" is not like levels=5.'],
    ['fast=', 'fast: "" is not a whole number from 2 to 500.'],
    ['fast=quick', 'fast: "quick" is not a whole number from 2 to 500.'],
    ['average=sma', 'average: "sma" is not one of SMA, EMA.'],
    ['levels=5', /^ma-cross has no parameter levels\. It has: interval, average, fast, slow/],
  ])('%s is refused, and it is said what would do', (text, sentence) => {
    expect(read(text)).toEqual(
      sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence,
    );
  });
});

it('a strategy is shown with its plain words, and all that it can be told', () => {
  const [title, words, ...parameters] = strategyLines(describeStrategy(dcaStrategy));
  expect(title).toBe('dca: Cost averaging (DCA)');
  expect(words).toMatch(/^ {2}Buys for the same amount of money at regular times/);
  expect(parameters).toHaveLength(4);
  expect(parameters[1]).toMatch(
    /^ {2}--set everyMinutes=… {2}How often .*\(a whole number from 1 to 527040 minutes; 1440 if not given; can change while it runs, after the purchase/,
  );
});
