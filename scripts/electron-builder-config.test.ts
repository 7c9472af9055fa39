import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Configuration } from 'electron-builder';
import { beforeAll, describe, expect, it } from 'vitest';

/** electron-builder's own reader and schema check, which its package does not name as public. */
interface ConfigModule {
  getConfig(projectDir: string, path: string | null, options: null): Promise<Configuration>;
  validateConfiguration(
    config: Configuration,
    log: { isEnabled: boolean; add(): void },
  ): Promise<void>;
}

const root = resolve(import.meta.dirname, '..');
const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { getConfig, validateConfiguration } = fromBuilder(
  'app-builder-lib/out/util/config/config',
) as ConfigModule;
const noLog = { isEnabled: false, add: () => undefined };

describe('electron-builder.yml', () => {
  let config: Configuration;
  beforeAll(async () => {
    config = await getConfig(root, 'electron-builder.yml', null);
  });

  it('satisfies the schema of electron-builder', async () => {
    await expect(validateConfiguration(config, noLog)).resolves.toBeUndefined();
    const misspelt = { ...config, npmRebiuld: false } as Configuration;
    await expect(validateConfiguration(misspelt, noLog)).rejects.toThrow(/npmRebiuld/);
  });

  it('makes an AppImage, a deb, a dmg and an nsis installer, and publishes nothing', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb']);
    expect(config.mac?.target).toEqual(['dmg']);
    expect(config.win?.target).toEqual(['nsis']);
    expect(config.publish).toBeNull();
    expect(config.npmRebuild).toBe(false);
  });

  it('sets the fuses that keep others from running their code as Tapedeck', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
