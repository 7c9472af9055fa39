import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether any of an element is in sight: not in a hidden tab, not scrolled away. What draws by itself
 * rests meanwhile. The page itself being hidden is the hub client's and the frames' to care for.
 */
export function useIsShown(ref: RefObject<Element | null>): boolean {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => {
      setIsShown(entries.at(-1)?.isIntersecting ?? false);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isShown;
}
