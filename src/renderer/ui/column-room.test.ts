import { describe, expect, it } from 'vitest';
import { ColumnRoom } from './column-room.ts';

describe('the room of columns that are drawn by hand', () => {
  function open() {
    const written: [string, string][] = [];
    const style = { setProperty: (name: string, value: string) => written.push([name, value]) };
    const room = new ColumnRoom({ style } as unknown as HTMLElement, ['price', 'size']);
    return { room, written };
  }

  it('begins anew for what is shown next', () => {
    expect(open().written).toEqual([
      ['--price-ch', '0'],
      ['--size-ch', '0'],
    ]);
  });

  it('says when it is more than there is, until there is more', () => {
    const { style } = { style: { setProperty: () => undefined } };
    const head = { scrollWidth: 300, clientWidth: 260 };
    const cramped: (boolean | undefined)[] = [];
    const toggleAttribute = (_: string, isCramped?: boolean) => cramped.push(isCramped);
    const element = { style, firstElementChild: head, toggleAttribute } as unknown as HTMLElement;
    const room = new ColumnRoom(element, ['price']);
    room.fit(260);
    room.fit(260);
    expect(cramped).toEqual([false, true]);
    room.see('price', '1,234,567,890.12');
    room.fit(260);
    Object.assign(head, { clientWidth: 320 });
    room.fit(320);
    expect(cramped.slice(2)).toEqual([false, true, false, false]);
  });

  it('grows with the widest figure, and is written only then', () => {
    const { room, written } = open();
    written.length = 0;
    for (const text of ['57,826.3', '9.5', '1,234,567,890.12', '57,826.3']) room.see('price', text);
    expect(written).toEqual([
      ['--price-ch', '7'],
      ['--price-ch', '14'],
    ]);
  });
});
