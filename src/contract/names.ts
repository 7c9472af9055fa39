import { z } from 'zod';

/**
 * Line ends and other control characters (Cc, U+2028, U+2029), and what turns the direction of the text
 * after it (the explicit directional characters of Unicode's UAX #9): a name with them makes one line two
 * in a log or a file, or reads as another on the screen. What joins the parts of an emoji is none of them.
 */
const MISLEADING = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a user, or a bot of theirs, calls a thing: white space at its ends is left out. */
export const nameSchema = (longest = 80) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((name) => !MISLEADING.test(name), 'has a character that controls how text is shown')
    .refine((name) => name === '' || SEEN.test(name), 'has nothing that can be seen');
