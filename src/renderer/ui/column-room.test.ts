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
