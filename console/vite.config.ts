import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

declare const process: { env: Record<string, string | undefined> };
const server = process.env.ESCAPEMENT_URL ?? 'http://127.0.0.1:7870';

// The server fills the places of index.html that say where the console and the API lie; while developing, both lie at the root.
const atTheRoot = {
  name: 'escapement-at-the-root',
  apply: 'serve' as const,
  transformIndexHtml: (html: string) => html.replaceAll('content="./"', 'content="/"'),
};

export default defineConfig({
  base: './',
  // The console speaks English; react-aria's words in thirty other languages stay out of its script.
  plugins: [react(), atTheRoot, { ...optimizeLocales.vite({ locales: ['en-US', 'en-GB'] }), enforce: 'pre' }],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    // The server answers changes only to pages of its own origin, so requests go there with that.
    proxy: Object.fromEntries(
      ['/api/v1', '/api/ext', '/openapi', '/readyz'].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
    ),
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
