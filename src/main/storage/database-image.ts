import type { Database } from 'better-sqlite3';

/** Of a ledger. Another size works as well, and shares less. */
const PAGE_BYTES = 4_096;

/**
 * A database in memory as it stood at one moment. Of one that only grew since an image before, almost
 * all pages are the same: those are shared, so that many images of a run cost little more than one.
 */
export class DatabaseImage {
  readonly #pages: readonly Buffer[];
  /** What it holds that the image before it does not. */
  readonly ownBytes: number;

  private constructor(pages: readonly Buffer[], ownBytes: number) {
    this.#pages = pages;
    this.ownBytes = ownBytes;
  }

  static of(database: Database, before: DatabaseImage | null): DatabaseImage {
    const bytes = database.serialize();
    const pagesBefore = before ? before.#pages : [];
    const pages: Buffer[] = [];
    let ownBytes = 0;
    for (let start = 0; start < bytes.length; start += PAGE_BYTES) {
      const page = bytes.subarray(start, start + PAGE_BYTES);
      const known = pagesBefore[pages.length];
      const isShared = known?.equals(page) === true;
      // A copy: a part of the whole would keep all of it.
      pages.push(isShared ? known : Buffer.from(page));
      if (!isShared) ownBytes += page.length;
    }
    return new DatabaseImage(pages, ownBytes);
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#pages);
  }
}
