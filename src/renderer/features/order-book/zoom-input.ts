/** Steps of zoom by wheel, and by + and − of whoever has the focus. Returns the end of it. */
export function onZoom(element: HTMLElement, zoom: (steps: number) => void): () => void {
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 : -1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = event.key === '+' || event.key === '=' ? 1 : event.key === '-' ? -1 : 0;
    if (steps === 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoom(steps);
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('keydown', onKeyDown);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('keydown', onKeyDown);
  };
}
