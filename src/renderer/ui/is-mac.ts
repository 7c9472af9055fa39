/** Whether Command is the key that commands; asked once. */
export const IS_MAC: boolean =
  typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
