/** The app as it would be in a language with longer words and other letters: made of its strings files, built anew. */
import path from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';
import { build } from 'vite';
import { projectFolder } from '../../../build/project-folder.ts';
import electronVite from '../../../electron.vite.config.ts';

const letters: Readonly<Record<string, string>> = {
  a: 'å',
  c: 'ç',
  d: 'ð',
  e: 'é',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  k: 'ķ',
  l: 'ļ',
  n: 'ñ',
  o: 'ö',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  w: 'ŵ',
  y: 'ý',
};
/** By how much German and Finnish are longer than English, in short texts. */
const growth = 0.4;

/** `Work board` → `Ŵöŕķöö böåŕðöö`; `#`, numbers and signs stay. */
export function longer(text: string): string {
  return text.replace(
    /\p{L}+/gu,
    (word) =>
      word.replace(/[a-z]/g, (letter) => letters[letter] ?? letter) +
      'ö'.repeat(Math.ceil(word.length * growth)),
  );
}

/** Whether a text is for people: not an import, a key, a path, the name of an icon, nor what is compared or joined. */
function isSaid(node: ts.Node, text: string): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return false;
  if (ts.isBinaryExpression(parent) || ts.isCaseClause(parent) || ts.isElementAccessExpression(parent))
    return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isPropertyAssignment(parent) && /^(path|icon)$/.test(parent.name.getText())) return false;
  return !/^(agentcoord |\/|g .$)/.test(text);
}

/** The text of a strings file with longer words. */
export function withLongerWords(name: string, text: string): string {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const edits: { from: number; to: number; text: string }[] = [];
  const add = (node: ts.Node, before: number, after: number, said: string) =>
    edits.push({ from: node.getStart() + before, to: node.getEnd() - after, text: longer(said) });
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const said = text.slice(node.getStart() + 1, node.getEnd() - 1);
      if (isSaid(node, said)) add(node, 1, 1, said);
    } else if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node)) {
      add(node, 1, 2, text.slice(node.getStart() + 1, node.getEnd() - 2));
    } else if (ts.isTemplateTail(node)) {
      add(node, 1, 1, text.slice(node.getStart() + 1, node.getEnd() - 1));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((whole, { from, to, text: said }) => whole.slice(0, from) + said + whole.slice(to), text);
}

const plugin: Plugin = {
  name: 'longer-words',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('strings.ts') ? withLongerWords(id, code) : null),
};

/** Builds the page into the folder. */
export async function buildLongerWords(outDir: string): Promise<void> {
  const { plugins = [], ...config } = electronVite.renderer ?? {};
  await build({
    ...config,
    configFile: false,
    logLevel: 'error',
    root: path.join(projectFolder, 'src', 'renderer'),
    base: './',
    plugins: [...plugins, plugin],
    build: {
      assetsInlineLimit: 0,
      target: config.build?.target ?? false,
      rolldownOptions: { input: path.join(projectFolder, 'src', 'renderer', 'index.html') },
      outDir,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
    },
  });
}
