/** What a value is replaced by that must not be in a log. */
const REDACTED = '[redacted]';

/** Names, and endings of names, whose value is a secret: `botToken`, `set-cookie`, `x-api-key`. */
const SECRET_NAME = String.raw`[\w-]*(?:token|cookie|authorization|password|passphrase|secret|signature|(?:api|private|listen)[_-]?key)|bearer|openUrl`;
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
/** Fields whose value, a text or a list of them, is a secret, wherever they stand. */
const SECRET_FIELD = new RegExp(
  String.raw`"(${SECRET_NAME})":(?:${TEXT}|\[(?:${TEXT}(?:,|(?=\])))+\])`,
  'gi',
);
/** The same in JSON that stands in a text, however deep. */
const QUOTED_SECRET_FIELD = new RegExp(
  String.raw`(?<!\\)(\\+")(${SECRET_NAME})(\\+":\\+")[^"\\]*(?=\\+")`,
  'gi',
);
/** `apiKey=…` of an address, `secret: '…'` of an object that was printed. */
const NAMED_SECRET = new RegExp(
  String.raw`(?<![\w-])(${SECRET_NAME})(=|: ')(?!\[redacted\])[^&\s"'\\]+`,
  'gi',
);
/** Of failures: `too_many_subscriptions`, `ECONNRESET`. Any other text in a `code` is a login code. */
const LOGIN_CODE_FIELD =
  /"code":"(?![a-z]+(?:_[a-z]+)*"|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")(?:[^"\\]|\\.)*"/g;
const BEARER = /\b(Bearer|Basic) +[\w.~+/=-]+/gi;
/** Three parts in base64url, of which the first is a JSON object. A cut one counts as well. */
const JWT = /(?:\b|(?<=%[\dA-Fa-f]{2}))eyJ[\w-]{5,}(?:(?:\.|%2[Ee])[\w-]*){0,2}/g;
const COOKIE = /\b(tapedeck_session_\d+)=[^;\s"\\]+/g;
const CODE_IN_ADDRESS = /([?&]code=)[^&\s"\\]+/g;
/** The name and the password before a host. */
const LOGIN_IN_ADDRESS = /(:\/\/)[^\s/@"\\]+@/g;
/** 256 random bits in base64url, the owner's token or a login code, in a text: also with more around them. */
const RANDOM_256_BITS = /(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43,}/g;

/**
 * Takes every secret out of a line of the log, be it a field's value or in the middle of a message
 * or stack. It works on the finished line, so no depth and no serializer can hide one from it.
 */
export function redact(line: string): string {
  return line
    .replace(SECRET_FIELD, `"$1":"${REDACTED}"`)
    .replace(QUOTED_SECRET_FIELD, `$1$2$3${REDACTED}`)
    .replace(LOGIN_CODE_FIELD, `"code":"${REDACTED}"`)
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(JWT, REDACTED)
    .replace(COOKIE, `$1=${REDACTED}`)
    .replace(CODE_IN_ADDRESS, `$1${REDACTED}`)
    .replace(LOGIN_IN_ADDRESS, `$1${REDACTED}@`)
    .replace(NAMED_SECRET, `$1$2${REDACTED}`)
    .replace(RANDOM_256_BITS, REDACTED);
}
