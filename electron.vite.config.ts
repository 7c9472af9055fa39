import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          // Worker threads are entries of their own: worker-entry.ts finds them by these names.
          'ccxt-worker': resolve(root, 'src/main/feeds/ccxt/worker.ts'),
          'tape-worker': resolve(root, 'src/main/app/tape/tape-worker.ts'),
          'backtest-worker': resolve(root, 'src/main/app/backtest/backtest-worker.ts'),
          'checkpoint-worker': resolve(root, 'src/main/storage/checkpoints/checkpoint-worker.ts'),
          'strategy-worker': resolve(root, 'src/main/bots/user-strategies/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload script is one CommonJS file that requires nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      // Serve mode gives the same page to any current browser.
      target: 'es2023',
      minify: true,
      // The content security policy admits no inline script, and assets no data: URL but images.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // Read from the disk or over loopback: one file is the fastest.
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: { input: resolve(root, 'src/renderer/index.html') },
    },
  },
});
