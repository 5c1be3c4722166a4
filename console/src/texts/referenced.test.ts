import ts from 'typescript';
import { expect, it } from 'vitest';

const config = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config as object;
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

const isText = (declaration: ts.Node): declaration is ts.PropertyAssignment =>
  ts.isPropertyAssignment(declaration) && declaration.getSourceFile().fileName.includes('/texts/en/');

const named = new Set<ts.Node>();
/** Groups that are taken as a whole, so that any of their texts may be said: by a key that is known later, or by handing all of them on. */
const whole = new Set<ts.Node>();
/** What is called by another name, such as `words`, of which group. */
const aliases = new Map<ts.Symbol, ts.Node>();
const wholeNames = new Set<ts.Symbol>();

function note(token: ts.Identifier): void {
  const symbol = ts.isBindingElement(token.parent)
    ? checker.getTypeAtLocation(token.parent.parent).getProperty(token.text)
    : checker.getSymbolAtLocation(token);
  const taken = ts.isPropertyAccessExpression(token.parent) && token.parent.name === token ? token.parent : token;
  const { parent } = taken;
  const isPart = ts.isPropertyAccessExpression(parent) && parent.expression === taken;
  for (const text of symbol?.declarations?.filter(isText) ?? []) {
    if (text.name === token) {
      continue;
    }
    named.add(text);
    const name = ts.isVariableDeclaration(parent) && parent.initializer === taken && checker.getSymbolAtLocation(parent.name);
    if (name) {
      aliases.set(name, text);
    } else if (!isPart) {
      whole.add(text);
    }
  }
  if (symbol && !isPart && !ts.isVariableDeclaration(parent)) {
    wholeNames.add(symbol);
  }
}

function walk(node: ts.Node): void {
  if (ts.isIdentifier(node)) {
    note(node);
  }
  ts.forEachChild(node, walk);
}

/** The texts below a node that nothing but tests names, by their paths. */
function dead(node: ts.ObjectLiteralElementLike, path: string): string[] {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name)) {
    return [];
  }
  const here = `${path}.${node.name.text}`;
  if (!named.has(node)) {
    return [here];
  }
  const { initializer } = node;
  return ts.isObjectLiteralExpression(initializer) && !whole.has(node) ? initializer.properties.flatMap((one) => dead(one, here)) : [];
}

const isExported = ({ modifiers }: ts.VariableStatement) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const areas = (file: ts.SourceFile) =>
  file.statements.filter(ts.isVariableStatement).filter(isExported).flatMap(({ declarationList }) =>
    declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && ts.isObjectLiteralExpression(initializer) ? initializer.properties.flatMap((one) => dead(one, name.getText())) : [],
    ),
  );

it('has no text that nothing says', { timeout: 60_000 }, () => {
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.includes('/src/') && !fileName.includes('node_modules'));
  files.filter(({ fileName }) => !/\.test\.tsx?$/.test(fileName)).forEach(walk);
  aliases.forEach((text, name) => wholeNames.has(name) && whole.add(text));
  const texts = files.filter(({ fileName }) => fileName.includes('/texts/en/'));
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.flatMap(areas)).toEqual([]);
});
