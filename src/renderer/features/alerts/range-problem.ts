/** What is wrong with a number as it is typed, as the key of a text. */
export type RangeProblem = 'needed' | 'notNumber' | 'outOfRange';

export function rangeProblem(text: string, least: number, most: number): RangeProblem | null {
  if (text.trim() === '') return 'needed';
  const value = Number(text);
  if (!Number.isFinite(value)) return 'notNumber';
  return value < least || value > most ? 'outOfRange' : null;
}
