/** What the exchange of the address's one-time code needs of the page. */
export interface SessionPage {
  readonly search: string;
  /** Shows the address without its code, so that it is neither reloaded nor shared. */
  replaceSearch(search: string): void;
  /** Posts the code; resolves to the HTTP status, rejects where the hub cannot be reached. */
  postCode(code: string): Promise<number>;
}

/**
 * Exchanges the one-time code of the opening address for the session's cookie. A code that is used
 * up is no failure here: the cookie of its first use may still be good, and the handshake tells.
 * Called before every connection, it does nothing once the code has been answered.
 */
export function createSessionOpener(page: SessionPage): () => Promise<void> {
  let code = new URLSearchParams(page.search).get('code');
  return async () => {
    if (code === null) return;
    const status = await page.postCode(code).catch(() => null);
    if (status === null || status >= 500) return;
    code = null;
    const rest = new URLSearchParams(page.search);
    rest.delete('code');
    page.replaceSearch(rest.size === 0 ? '' : `?${rest}`);
  };
}

export const browserSessionPage: SessionPage = {
  get search() {
    return window.location.search;
  },
  replaceSearch(search) {
    window.history.replaceState(null, '', `${window.location.pathname}${search}`);
  },
  async postCode(code) {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify({ code }),
    });
    return response.status;
  },
};
