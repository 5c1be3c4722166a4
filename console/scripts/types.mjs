// Makes src/api/schema.d.ts of the snapshot of the server's OpenAPI document, so that an API that changed breaks the build.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const document = JSON.parse(readFileSync(new URL('../api/openapi.json', import.meta.url), 'utf8'));

// The document says of numbers that a server reads them as texts too; what it writes are numbers, and the console sends numbers.
function numbersOnly(node) {
  if (Array.isArray(node)) {
    node.forEach(numbersOnly);
  } else if (node && typeof node === 'object') {
    if (Array.isArray(node.type) && (node.type.includes('integer') || node.type.includes('number'))) {
      node.type = node.type.filter((type) => type !== 'string');
      delete node.pattern;
    }
    Object.values(node).forEach(numbersOnly);
  }
}

numbersOnly(document);
const types = astToString(await openapiTS(document));
writeFileSync(new URL('../src/api/schema.d.ts', import.meta.url), `// Made by scripts/types.mjs of api/openapi.json.\n${types}`);
