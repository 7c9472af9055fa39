import type { ChartKeyAction } from './chart-keys.ts';
import type { ChartSession } from './chart-session.ts';

/** Does what a key asks for. Returns false where there was nothing to do, so that the page has the key. */
export function performKey(session: ChartSession, action: ChartKeyAction): boolean {
  const { drawings, cursor } = session;
  const { board } = drawings;
  switch (action.kind) {
    case 'move':
      if (!session.nudge(action.bars, action.steps * cursor.step)) {
        session.moveCursor(action.bars, action.steps);
      }
      return true;
    case 'snap':
      session.snapCursor(action.direction);
      return true;
    case 'place':
      return cursor.anchor !== null && board.place(cursor.anchor);
    case 'cancel':
      return session.cancel();
    case 'remove':
      return session.removeSelected();
    case 'select':
      session.selectNext(action.step);
      return true;
    case 'tool':
      board.setTool(action.tool);
      session.moveCursor(0, 0);
      return true;
    case 'undo':
      drawings.undo();
      return true;
    case 'redo':
      drawings.redo();
      return true;
    case 'zoom':
      session.zoom(action.steps);
      return true;
    case 'pan':
      session.pan(action.share);
      return true;
    case 'newest':
      session.showNewest();
      return true;
    case 'menu':
      session.menuAtCursor();
      return true;
  }
}
