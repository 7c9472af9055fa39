import { parse } from 'csv-parse/sync';

const DELIMITERS = [',', ';', '\t', '|'] as const;

export const delimiterOf = (line: string): string =>
  DELIMITERS.find((one) => line.includes(one)) ?? ',';

/** `Trade ID`, `trade-id` and `"trade_id"` are one name. */
export const normalizedName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** Undefined where quotes are not closed. Few files have any, so that most lines are just cut. */
export function fieldsOf(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  try {
    const [fields] = parse(line, { delimiter, relax_column_count: true });
    return fields;
  } catch {
    return undefined;
  }
}
