import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type TokenInfo, tokenInfoSchema } from '#contract/requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { assertStorable, type DamageListener, parseJson, readRow, readRows } from './rows.ts';

/** Tokens that were issued: all but the tokens themselves. */
export interface TokenRepository {
  /** Throws on an id that is there already. */
  insert(token: TokenInfo): void;
  get(id: string): TokenInfo | null;
  /** Newest first. */
  list(): TokenInfo[];
  revoke(id: string, time: EpochMs): void;
  markUsed(id: string, time: EpochMs): void;
}

const COLUMNS = `id, user_id AS userId, scopes, bot_ids AS botIds, issued_time AS issuedTime,
  expiry_time AS expiryTime, revoked_time AS revokedTime, last_used_time AS lastUsedTime`;

const { scopes, botIds } = tokenInfoSchema.shape;
const rowSchema: z.ZodType<TokenInfo> = tokenInfoSchema.extend({
  scopes: z.string().transform(parseJson).pipe(scopes),
  botIds: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : parseJson(text)))
    .pipe(botIds),
});

export function createTokenRepository(
  database: Database,
  onDamage: DamageListener,
): TokenRepository {
  const reader = { table: 'tokens', schema: rowSchema, onDamage };
  const insert = database.prepare(
    `INSERT INTO tokens (id, user_id, scopes, bot_ids, issued_time, expiry_time)
     VALUES (@id, @userId, @scopes, @botIds, @issuedTime, @expiryTime)`,
  );
  const selectOne = database.prepare<[string]>(`SELECT ${COLUMNS} FROM tokens WHERE id = ?`);
  const selectAll = database.prepare(`SELECT ${COLUMNS} FROM tokens ORDER BY row DESC`);
  const revoke = database.prepare<[number, string]>(
    'UPDATE tokens SET revoked_time = ? WHERE id = ? AND revoked_time IS NULL',
  );
  const markUsed = database.prepare<[number, string]>(
    'UPDATE tokens SET last_used_time = ? WHERE id = ?',
  );
  return {
    insert: (token) => {
      assertStorable(tokenInfoSchema, token, 'a token');
      insert.run({
        ...token,
        scopes: JSON.stringify(token.scopes),
        botIds: token.botIds && JSON.stringify(token.botIds),
      });
    },
    get: (id) => {
      const row = selectOne.get(id);
      return row === undefined ? null : readRow(reader, row);
    },
    list: () => readRows(reader, selectAll.all()),
    revoke: (id, time) => {
      revoke.run(time, id);
    },
    markUsed: (id, time) => {
      markUsed.run(time, id);
    },
  };
}
