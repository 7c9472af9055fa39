import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonElementSplitter } from './json-elements.ts';
import { LineSplitter, MOST_RECORD_LENGTH, type RecordSplitter } from './text-records.ts';

/** All records with their numbers, however the bytes are cut. */
function split(splitter: RecordSplitter, bytes: Buffer, cuts: readonly number[]) {
  const records: [number, string | null][] = [];
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  const batches = edges.map((edge, index) => splitter.push(bytes.subarray(edge, edges[index + 1])));
  for (const { firstNumber, records: some } of [...batches, splitter.finish()])
    some.forEach((record, index) => {
      records.push([firstNumber + index, record]);
    });
  return records;
}
const cutsOf = fc.array(fc.nat(10_000), { maxLength: 8 });

describe('LineSplitter', () => {
  it('gives the same numbered lines wherever the pieces are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), cutsOf, (lines, cuts) => {
        const clean = lines.map((line) => line.replaceAll('\n', ''));
        const bytes = Buffer.from(clean.map((line) => `${line}\n`).join(''));
        expect(split(new LineSplitter(), bytes, cuts)).toEqual(
          clean.map((line, index) => [index + 1, line]),
        );
      }),
    );
  });

  it('takes a last line without an end', () => {
    expect(split(new LineSplitter(), Buffer.from('a\nb'), [])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('holds no line that is longer than any can be, and goes on after it', () => {
    const long = 'x'.repeat(MOST_RECORD_LENGTH + 10);
    const cuts = [1_000, MOST_RECORD_LENGTH + 9];
    expect(split(new LineSplitter(), Buffer.from(`a\n${long}\nb\n`), cuts)).toEqual([
      ...[
        [1, 'a'],
        [2, null],
        [3, 'b'],
      ],
    ]);
  });
});

describe('JsonElementSplitter', () => {
  it('gives the elements of an array wherever the pieces are cut', () => {
    const element = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(element), fc.boolean(), cutsOf, (elements, isPretty, cuts) => {
        const bytes = Buffer.from(JSON.stringify(elements, null, isPretty ? 2 : 0));
        const splitter = new JsonElementSplitter();
        const records = split(splitter, bytes, cuts);
        expect(records.map(([, record]) => JSON.parse(record ?? ''))).toEqual(
          JSON.parse(JSON.stringify(elements)),
        );
        expect(records.map(([number]) => number)).toEqual(elements.map((_, index) => index + 1));
        expect(splitter.isComplete).toBe(true);
      }),
    );
  });

  it('tells an array that ends too early, and hands out no half element', () => {
    const splitter = new JsonElementSplitter();
    expect(split(splitter, Buffer.from('[[1,2],[3,4'), [3])).toEqual([[1, '[1,2]']]);
    expect(splitter.isComplete).toBe(false);
  });
});
