import { describe, expect, it } from 'vitest';
import { RefusedAnswers } from './refused-answers.ts';

describe('RefusedAnswers', () => {
  it('[F5] tells whoever carries the symbol, each once', () => {
    const refused = new RefusedAnswers();
    const heard: string[] = [];
    refused.listen(['BTC/USDT'], (reason) => heard.push(`1 ${reason}`));
    const end = refused.listen(['BTC/USDT', 'ETH/USDT'], (reason) => heard.push(`2 ${reason}`));
    refused.add('ETH/USDT', 'a');
    refused.add('BTC/USDT', 'b');
    end();
    refused.add('BTC/USDT', 'c');
    expect(heard).toEqual(['2 a', '1 b', '2 b', '1 c']);
  });

  it('[F5] keeps what nobody hears for the next run that carries it, and no more than so much', () => {
    const refused = new RefusedAnswers();
    for (let count = 0; count < 1_500; count++) refused.add('BTC/USDT', String(count));
    const heard: string[] = [];
    refused.listen(['ETH/USDT'], (reason) => heard.push(reason));
    expect(heard).toEqual([]);
    refused.listen(['BTC/USDT'], (reason) => heard.push(reason));
    expect(heard).toHaveLength(1_000);
    expect(heard[0]).toBe('0');
  });
});
