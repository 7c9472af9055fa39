/**
 * The import table of docs/architecture.md, enforced. Every rule is an error and there is no
 * exemption list: a room that needs something of another room is given it by `main/app`.
 */

/** Rooms of main that know neither one another nor Electron; `app` introduces them. */
const MAIN_ROOMS = [
  'broker',
  'hub',
  'feeds',
  'tape',
  'market',
  'bots',
  'desk',
  'journal',
  'execution',
  'alerts',
  'storage',
  'replay',
  'backtest',
];

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const TEST = '[.]test[.]tsx?$';

const roomRules = MAIN_ROOMS.map((room) =>
  error(
    `main-${room}-is-its-own-room`,
    `main/${room} may import domain, contract, telemetry and itself`,
    { path: `^src/main/${room}/`, pathNot: TEST },
    { path: '^src/', pathNot: `^src/(domain|contract|main/telemetry|main/${room})/` },
  ),
);

export default {
  forbidden: [
    error(
      'domain-imports-nothing-of-ours',
      'domain is pure: it knows no other room',
      { path: '^src/domain/', pathNot: TEST },
      { path: '^src/', pathNot: '^src/domain/' },
    ),
    error(
      'domain-has-no-runtime',
      'domain is pure: no Node built-in',
      { path: '^src/(domain|contract)/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    error(
      'contract-imports-domain-only',
      'contract may import domain',
      { path: '^src/contract/', pathNot: TEST },
      { path: '^src/', pathNot: '^src/(domain|contract)/' },
    ),
    error(
      'preload-is-narrow',
      'preload may import contract and electron',
      { path: '^src/preload/', pathNot: TEST },
      {
        path: '^(src/|node_modules/)',
        pathNot: '^(src/(contract|domain|preload)/|node_modules/(electron|zod)/)',
      },
    ),
    error(
      'renderer-knows-no-main',
      'renderer may import contract and domain; electron and node: have rules of their own',
      { path: '^src/renderer/', pathNot: TEST },
      { path: ['^src/main/', '^src/preload/'] },
    ),
    error(
      'renderer-has-no-node',
      'renderer runs in a browser',
      { path: '^src/renderer/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    ...roomRules,
    error(
      'telemetry-is-a-leaf',
      'telemetry may import domain and contract',
      { path: '^src/main/telemetry/', pathNot: TEST },
      { path: '^src/', pathNot: '^src/(domain|contract|main/telemetry)/' },
    ),
    error(
      'shell-sees-only-interfaces',
      'main/shell may import domain, contract and telemetry; app hands it the rest',
      { path: '^src/main/shell/', pathNot: TEST },
      { path: '^src/', pathNot: '^src/(domain|contract|main/telemetry|main/shell)/' },
    ),
    error(
      'electron-only-in-the-shell',
      'only main/shell and preload may import electron',
      { path: '^src/', pathNot: ['^src/main/shell/', '^src/preload/'] },
      { path: '(^|/)electron($|/electron[.]d[.]ts$|/index[.]js$)' },
    ),
    error('no-circular', 'a cycle is two files that are one idea', {}, { circular: true }),
    error(
      'no-test-in-product',
      'product code must not import tests',
      { path: '^src/', pathNot: TEST },
      { path: ['^tests/', TEST] },
    ),
    error('resolvable', 'an import must resolve', { path: '^src/' }, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
