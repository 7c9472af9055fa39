import type { ChartHands } from './chart-hands.ts';
import type { ChartKeyAction } from './chart-keys.ts';

/** Does what a key asks for. Returns false where there was nothing to do, so that the page has the key. */
export function performKey(hands: ChartHands, action: ChartKeyAction): boolean {
  const { drawings, cursor } = hands;
  const { board } = drawings;
  switch (action.kind) {
    case 'move':
      if (!hands.nudge(action.bars, action.steps * cursor.step)) {
        hands.moveCursor(action.bars, action.steps);
      }
      return true;
    case 'snap':
      hands.snapCursor(action.direction);
      return true;
    case 'place':
      return cursor.anchor !== null && board.place(cursor.anchor);
    case 'cancel':
      return hands.cancel();
    case 'remove':
      return hands.removeByKey();
    case 'select':
      hands.selectNext(action.step);
      return true;
    case 'tool':
      board.setTool(action.tool);
      hands.moveCursor(0, 0);
      return true;
    case 'undo':
      return drawings.undo();
    case 'redo':
      drawings.redo();
      return true;
    case 'zoom':
      hands.zoom(action.steps);
      return true;
    case 'pan':
      hands.pan(action.share);
      return true;
    case 'newest':
      hands.showNewest();
      return true;
    case 'menu':
      hands.menuAtCursor();
      return true;
  }
}
