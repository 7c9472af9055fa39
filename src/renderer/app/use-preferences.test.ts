import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPreferences } from './use-preferences.ts';

const schema = z.object({
  rows: z.number().int().min(1).catch(10),
  view: z.enum(['ladder', 'depth']).catch('ladder'),
});

describe('readPreferences', () => {
  it('reads what was kept', () => {
    expect(readPreferences(schema, '{"rows":5,"view":"depth"}')).toEqual({
      rows: 5,
      view: 'depth',
    });
  });

  it.each([null, '', 'not JSON', '[]', '7', '{"rows":"many"}'])(
    'begins at the defaults where %j was kept',
    (text) => {
      expect(readPreferences(schema, text)).toEqual({ rows: 10, view: 'ladder' });
    },
  );

  it('loses nothing but the part that is damaged', () => {
    expect(readPreferences(schema, '{"rows":-1,"view":"depth"}')).toEqual({
      rows: 10,
      view: 'depth',
    });
  });
});
