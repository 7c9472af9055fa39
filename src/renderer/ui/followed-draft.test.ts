import { describe, expect, it } from 'vitest';
import { changedEntries, follow } from './followed-draft.ts';

const was = { name: 'grid', fee: '1', params: { levels: '5', spacing: '2' }, days: [1, 2] };

describe('a draft of what others may change meanwhile', () => {
  it('follows them in what was not typed here', () => {
    const mine = { ...was, name: 'mine', params: { ...was.params, levels: '8' } };
    const theirs = { ...was, fee: '3', params: { ...was.params, spacing: '4' }, days: [5] };
    expect(follow({ was, mine, theirs })).toEqual({
      draft: { name: 'mine', fee: '3', params: { levels: '8', spacing: '4' }, days: [5] },
      isContested: false,
    });
  });

  it('keeps what was typed where they changed the same, and says so', () => {
    const mine = { ...was, params: { ...was.params, levels: '8' } };
    const theirs = { ...was, params: { ...was.params, levels: '9' } };
    expect(follow({ was, mine, theirs })).toEqual({ draft: mine, isContested: true });
    expect(follow({ was, mine: theirs, theirs })).toEqual({ draft: theirs, isContested: false });
  });

  it('takes what they have more, and keeps what is only here', () => {
    const more = { ...was, params: { ...was.params, depth: '1' } };
    expect(follow({ was, mine: was, theirs: more }).draft).toEqual(more);
    expect(follow({ was, mine: more, theirs: was }).draft).toEqual(more);
  });
});

describe('what is sent of a draft', () => {
  it('is what differs, and no more', () => {
    expect(changedEntries({ a: 1, b: [1], c: { d: 1 } }, { a: 1, b: [2], c: { d: 1 } })).toEqual({
      b: [2],
    });
    expect(changedEntries({ a: 1 }, { a: 1 })).toEqual({});
  });
});
