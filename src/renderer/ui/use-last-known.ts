import { useState } from 'react';

/**
 * What is known, and when it is no more what it was: a form of something that is removed elsewhere stays a
 * form of that, and what is typed in it.
 */
export function useLastKnown<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
