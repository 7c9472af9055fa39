import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Draws resources/icon.svg as the PNG files that packages, windows and the tray use:
 * `node scripts/draw-icons.ts [path of a Chromium]`. To be run after a change of the SVG.
 */
const SIZES_PX = [16, 32, 48, 64, 128, 256, 512, 1024];

const resources = resolve(import.meta.dirname, '../resources');
const svg = await readFile(resolve(resources, 'icon.svg'), 'utf8');
const executablePath = process.argv[2] ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  await mkdir(resolve(resources, 'icons'), { recursive: true });
  const page = await browser.newPage();
  for (const size of SIZES_PX) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(resolve(resources, `icons/${size}x${size}.png`), png);
  }
} finally {
  await browser.close();
}
