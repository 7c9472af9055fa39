export const APP_SCHEME = 'app';
const APP_HOST = 'tapedeck';
/** The only origin that pages of ours have. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** Names the app to the operating system; Windows shows no notification without it. */
export const APP_ID = 'dev.tapedeck.app';

/** `URL.origin` is the string "null" for a scheme of our own, so its parts are compared. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}
