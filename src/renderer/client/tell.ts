/**
 * Calls a listener of somebody else's. Where it throws, that goes to the process's or page's own handler
 * of errors: neither the others nor what is yet to be told suffer from it.
 */
export function tell(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
