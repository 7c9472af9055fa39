import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { z } from 'zod';

/**
 * `npm run build:hub-client`: the client library as a package in out/hub-client, ready for
 * `npm pack` or `npm publish`. What it depends on has the versions that Tapedeck itself is tested with.
 */

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'clients/hub-client');
const target = join(root, 'out/hub-client');
const reporter = join(root, 'clients/typescript');
const DEPENDENCIES = ['socket.io-client', 'zod'];

const manifestSchema = z.looseObject({ version: z.string().optional() });
const rootManifestSchema = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
});
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

rmSync(target, { recursive: true, force: true });
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: target,
    target: 'es2022',
    minify: false,
    copyPublicDir: false,
    lib: {
      entry: {
        index: join(root, 'src/renderer/client/module.ts'),
        reporter: join(reporter, 'bot-reporter.ts'),
      },
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    rolldownOptions: { external: [...DEPENDENCIES, /^node:/] },
  },
});
const compiler = join(root, 'node_modules/.bin/tsc');
for (const folder of [source, reporter]) {
  execFileSync(compiler, ['-p', join(folder, 'tsconfig.json')], { stdio: 'inherit' });
}

const { version, dependencies } = rootManifestSchema.parse(readJson(join(root, 'package.json')));
const manifest = {
  ...manifestSchema.parse(readJson(join(source, 'package.json'))),
  version,
  dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, dependencies[name]])),
};
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(join(source, 'README.md'), join(target, 'README.md'));
copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
