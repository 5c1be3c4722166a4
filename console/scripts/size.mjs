// Fails the build when the script that is loaded before the first page shows, that page's own too, outgrows what the console may weigh: 200 KB, compressed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const limit = 200_000;
const html = readFileSync(new URL('index.html', dist), 'utf8');
const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
if (scripts.length === 0) {
  throw new Error('dist/index.html names no script; is base still "./"?');
}
const first = readdirSync(new URL('assets/', dist)).find((name) => /^of-known-.*\.js$/.test(name));
if (!first) {
  throw new Error('dist/assets has no of-known-*.js; which script is the first page?');
}
const needed = new Set();
function need(name) {
  if (!needed.has(name)) {
    needed.add(name);
    const text = readFileSync(new URL(name, dist), 'utf8');
    [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].forEach(([, other]) => need(`assets/${other}`));
  }
}
[...scripts, `assets/${first}`].forEach(need);
const bytes = [...needed].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length, 0);
console.log(`The script before the first page: ${(bytes / 1000).toFixed(1)} KB compressed, of ${limit / 1000} KB.`);
if (bytes > limit) {
  console.error('That is too much. Load what only one page needs with that page (lazyRouteComponent, lazy).');
  process.exit(1);
}
if (/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/i.test(html)) {
  console.error('dist/index.html holds an inline script or style, which the Content-Security-Policy refuses.');
  process.exit(1);
}
