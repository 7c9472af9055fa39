const two = (value: number): string => String(value).padStart(2, '0');

/** A time as an `input` of type `datetime-local` has it, in the browser's zone, to the second. */
export function toLocalInput(time: number): string {
  const date = new Date(time);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Epoch milliseconds; null for what is no time. */
export function fromLocalInput(text: string): number | null {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? null : time;
}
