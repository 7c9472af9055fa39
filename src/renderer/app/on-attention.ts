/**
 * Calls when the user turns to this page, from another window or tab: what he did there may be of what is
 * shown here, and not all of it is pushed. Returns the end of it.
 */
export function onAttention(listener: () => void): () => void {
  const shown = () => {
    if (!document.hidden) listener();
  };
  window.addEventListener('focus', listener);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('focus', listener);
    document.removeEventListener('visibilitychange', shown);
  };
}
