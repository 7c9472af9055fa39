import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { projectRoot } from '../../support/serve-process.ts';

interface BuiltPage {
  readonly script: string;
  readonly style: string;
}

/** Bundles a module of the renderer's kind into one script and one style, fonts included. */
export async function buildPage(entry: string): Promise<BuiltPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'tapedeck-page-'));
  try {
    await build({
      ...{ root: projectRoot, configFile: false, logLevel: 'error' },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        ...{ outDir, minify: true, target: 'es2023', assetsInlineLimit: 10_000_000 },
        ...{ emptyOutDir: true, cssCodeSplit: false },
        lib: { entry: join(projectRoot, entry), formats: ['iife'], name: 'page', fileName: 'page' },
        rolldownOptions: { output: { entryFileNames: 'page.js', assetFileNames: 'page.[ext]' } },
      },
    });
    const read = (name: string) => readFileSync(join(outDir, name), 'utf8');
    return { script: read('page.js'), style: read('page.css') };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** An empty page with the bundle on it. */
export async function openBuiltPage(page: Page, { script, style }: BuiltPage): Promise<void> {
  await page.setContent('<!doctype html><html data-theme="dark"><body></body></html>');
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  await page.evaluate(() => document.fonts.ready);
}
