import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import {
  useActions,
  useCalmFrames,
  useChartTools,
  useFrames,
  useHubClient,
  useKeyedCharts,
  usePanelId,
  useScopedKeys,
  useSelection,
  useStores,
} from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { translator } from '../../i18n/i18n.ts';
import type { Notices } from '../../stores/notices.ts';
import { copyText } from '../../ui/copy-text.ts';
import { saveFile } from '../../ui/save-file.ts';
import { HubAlertLevels } from './alert-levels/hub-alert-levels.ts';
import type { BarState } from './bars/bar-source.ts';
import type { ChartInterval } from './bars/chart-interval.ts';
import { chartKeyAction } from './chart-keys.ts';
import type { MenuCommands, MenuPlace } from './chart-menu.tsx';
import { ChartSession } from './chart-session.ts';
import { ChartSurface } from './chart-surface.ts';
import type { DrawingStatus } from './drawings/drawing-desk.ts';
import type { LegendCommands } from './legend/legend-writer.ts';
import { OrderLevels } from './own-trading/order-levels.ts';
import { performKey } from './perform-key.ts';
import { chartPicture, pictureName } from './plot/screenshot.ts';
import type { ChartSettingsStore } from './settings/chart-settings.ts';
import type { DrawingCommands } from './toolbar/drawing-rail.tsx';

export type ShownDialog =
  | { readonly kind: 'indicators'; readonly id: string | null }
  | { readonly kind: 'compare' };

const NO_DRAWINGS: DrawingStatus = {
  ...{ tool: null, hasSelection: false, canUndo: false, canRedo: false },
};

export interface UseChartOptions {
  readonly rootRef: RefObject<HTMLDivElement | null>;
  readonly instrument: Instrument | undefined;
  readonly settings: ChartSettingsStore;
  readonly interval: ChartInterval;
  readonly onDialog: (dialog: ShownDialog) => void;
}

/** Keeps a session of the chart running for what is to be shown, and hands its commands to React. */
export function useChart(options: UseChartOptions) {
  const { rootRef, instrument, settings, interval } = options;
  const [surface, setSurface] = useState<ChartSurface | null>(null);
  const [state, setState] = useState<BarState>({ kind: 'loading' });
  const [drawings, setDrawings] = useState(NO_DRAWINGS);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const setters = { setState, setDrawings, setMenu, setProblem };
  const session = useChartSession({ ...options, surface, ...setters });
  // After the session's: what it draws on goes last, when the panel goes or is hidden.
  useChartSurface(rootRef, setSurface);
  const { revealed } = useSelection();
  useEffect(() => session?.reveal(revealed), [session, revealed]);
  const keyOf = useScopedKeys('chart');
  useKeyed(session, surface);
  const { chartPictures } = useStores();
  const picture = useMemo(
    () =>
      surface && instrument
        ? () => chartPicture(surface.plot, `${instrument.id} · ${settings.getState().interval}`)
        : null,
    [surface, instrument, settings],
  );
  useEffect(() => {
    if (picture === null || instrument === undefined) return;
    return chartPictures.add({ instrumentId: instrument.id, take: picture });
  }, [chartPictures, picture, instrument]);
  const saveScreenshot = useCallback(async () => {
    if (picture === null || instrument === undefined) return;
    saveFile(pictureName(instrument.symbol, interval, systemClock.now()), await picture());
  }, [picture, instrument, interval]);
  useTools(options.onDialog, saveScreenshot);
  return {
    state,
    drawings,
    menu,
    problem,
    forgetProblem: () => setProblem(null),
    retry: () => session?.retry(),
    drawingCommands: useMemo(() => drawingCommands(session), [session]),
    menuCommands: useMemo(() => menuCommands(session, setMenu, setProblem), [session]),
    onKeyDown(event: KeyboardEvent) {
      const command = keyOf(event.nativeEvent);
      const action = command && chartKeyAction(command.id);
      if (action === undefined || session === null) return;
      // Then the key is the page's, which undoes what was done last.
      if (action.kind === 'undo' && session.hands.isLastDoneElsewhere) return;
      if (!performKey(session.hands, action)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    saveScreenshot,
  };
}

/** Lets the commands of the chart's keys do on this one what its keys do; the next keys are its own. */
function useKeyed(session: ChartSession | null, surface: ChartSurface | null): void {
  const charts = useKeyedCharts();
  const panelId = usePanelId();
  useEffect(() => {
    if (session === null || surface === null) return;
    return charts.add(panelId, (action) => {
      surface.focus();
      return performKey(session.hands, action);
    });
  }, [charts, panelId, session, surface]);
}

/** Lets commands use on this chart what stands in its toolbar. */
function useTools(
  onDialog: (dialog: ShownDialog) => void,
  saveScreenshot: () => Promise<void>,
): void {
  const charts = useChartTools();
  const panelId = usePanelId();
  useEffect(
    () =>
      charts.add(panelId, {
        open: (kind) => onDialog(kind === 'compare' ? { kind } : { kind, id: null }),
        savePicture: () => void saveScreenshot(),
      }),
    [charts, panelId, onDialog, saveScreenshot],
  );
}

/** Makes the chart once, whatever it shows, and takes it apart with the panel. */
function useChartSurface(
  rootRef: RefObject<HTMLDivElement | null>,
  setSurface: (surface: ChartSurface | null) => void,
): void {
  useLayoutEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    const made = new ChartSurface(root);
    setSurface(made);
    return () => {
      setSurface(null);
      made.dispose();
    };
  }, [rootRef, setSurface]);
}

interface SessionHooks extends UseChartOptions {
  readonly surface: ChartSurface | null;
  readonly setState: (state: BarState) => void;
  readonly setDrawings: (status: DrawingStatus) => void;
  readonly setMenu: (menu: MenuPlace | null) => void;
  readonly setProblem: (problem: string | null) => void;
}

function useChartSession(hooks: SessionHooks): ChartSession | null {
  const { instrument, settings, interval, surface, onDialog } = hooks;
  const { setState, setDrawings, setMenu, setProblem } = hooks;
  const client = useHubClient();
  const stores = useStores();
  const { alerts, orders } = useActions();
  const frames = useFrames();
  const calmFrames = useCalmFrames();
  const name = useId();
  const [session, setSession] = useState<ChartSession | null>(null);
  useLayoutEffect(() => {
    if (surface === null || instrument === undefined) return;
    const created = new ChartSession({
      ...{ client, frames, calmFrames, clock: systemClock, stores, surface, instrument },
      ...{ settings, interval, name, onState: setState },
      commands: legendCommands(settings, stores.notices, onDialog),
      onDrawings: setDrawings,
      onMenu: (point, price) => setMenu({ ...point, price }),
      onProblem: setProblem,
      alertLevels: new HubAlertLevels(client, instrument, alerts),
      orderLevels: new OrderLevels(stores.bots, orders, instrument.id),
    });
    surface.follow(created);
    setSession(created);
    return () => {
      surface.follow(null);
      created.dispose();
      setSession(null);
      setMenu(null);
      setProblem(null);
      setDrawings(NO_DRAWINGS);
    };
  }, [
    client,
    alerts,
    orders,
    frames,
    calmFrames,
    stores,
    surface,
    instrument,
    settings,
    interval,
    name,
    onDialog,
    setState,
    setDrawings,
    setMenu,
    setProblem,
  ]);
  return session;
}

function legendCommands(
  settings: ChartSettingsStore,
  notices: Notices,
  onDialog: (dialog: ShownDialog) => void,
): LegendCommands {
  return {
    editIndicator: (id) => onDialog({ kind: 'indicators', id }),
    toggleIndicator: (id) =>
      settings.setState(({ indicators }) => ({
        indicators: indicators.map((one) =>
          one.id === id ? { ...one, isHidden: !one.isHidden } : one,
        ),
      })),
    removeIndicator: (id) => {
      const { indicators: before } = settings.getState();
      settings.setState({ indicators: before.filter((one) => one.id !== id) });
      const removed = before.filter((one) => one.id === id);
      notices.say({
        text: () => translator('chart')('indicator.removed'),
        undo: async () =>
          succeed(
            settings.setState(({ indicators }) => ({
              indicators: [...indicators.filter((one) => one.id !== id), ...removed],
            })),
          ),
      });
    },
    removeCompared: (id) =>
      settings.setState(({ compared }) => ({ compared: compared.filter((one) => one !== id) })),
  };
}

const drawingCommands = (session: ChartSession | null): DrawingCommands => ({
  setTool: (tool) => session?.hands.drawings.board.setTool(tool),
  undo: () => session?.hands.drawings.undo(),
  redo: () => session?.hands.drawings.redo(),
  remove: () => session?.hands.drawings.board.removeSelected(),
});

const menuCommands = (
  session: ChartSession | null,
  setMenu: (menu: MenuPlace | null) => void,
  setProblem: (problem: string | null) => void,
): MenuCommands => ({
  close: () => setMenu(null),
  drawLevel: (price) => session?.hands.drawLevel(price),
  copyPrice: async (text) => {
    const isCopied = await copyText(text);
    setProblem(isCopied ? null : translator('chart')('menu.notCopied', { price: text }));
  },
  showNewest: () => session?.hands.showNewest(),
  createAlert: (price) => void session?.hands.createAlert(price),
  removeSelected: () => session?.hands.removeSelected(),
  selection: () => session?.hands.selection ?? null,
  lastPrice: () => session?.lastPrice,
  order: (type, side, price) => session?.hands.startOrder(type, side, price),
});
