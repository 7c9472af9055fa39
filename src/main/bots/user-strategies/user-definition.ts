import { createHash } from 'node:crypto';
import type { StrategyContext, StrategyDefinition } from '../strategy.ts';
import { defineStrategy } from '../strategy.ts';
import { candlesOf, type Manifest, timerOf, warmUpOf } from './manifest.ts';
import type { Sources } from './messages.ts';
import { RemoteStrategy } from './remote-strategy.ts';
import { type SavedModule, takeOver } from './saved-module.ts';
import type { StrategyThread } from './strategy-thread.ts';
import { schemaOf } from './user-parameters.ts';

/** A user's module as it was when it was looked at. */
export interface LoadedModule {
  /** `user:NAME`, of the file's name. */
  readonly id: string;
  readonly file: string;
  readonly manifest: Manifest;
  readonly sources: Sources;
}

export interface RunBirth {
  readonly module: LoadedModule;
  readonly context: StrategyContext;
  readonly fingerprint: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly saved: SavedModule | undefined;
}

/** A user's module as a strategy like any other. */
export function definitionOf(
  module: LoadedModule,
  begin: (birth: RunBirth) => StrategyThread,
): StrategyDefinition {
  const { id, manifest } = module;
  const { name, description, stateVersion } = manifest;
  return defineStrategy({
    ...{ id, name, description },
    parameters: schemaOf(manifest.parameters),
    candles: (parameters) => candlesOf(manifest, parameters),
    warmUpCandles: (parameters) => warmUpOf(manifest, parameters),
    timerMs: (parameters) => timerOf(manifest, parameters),
    create: (parameters, savedState) => {
      const fingerprint = fingerprintOf(module, parameters);
      return new RemoteStrategy({
        ...{ manifest, fingerprint },
        saved: takeOver(savedState, { stateVersion, fingerprint }),
        begin: (context, saved) => begin({ module, context, fingerprint, parameters, saved }),
      });
    },
  });
}

function fingerprintOf({ sources }: LoadedModule, parameters: object): string {
  const hash = createHash('sha256').update(JSON.stringify(parameters));
  for (const [path, source] of Object.entries(sources)) hash.update(`\0${path}\0${source}`);
  return hash.digest('base64url');
}
