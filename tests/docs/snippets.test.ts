/**
 * Every block of code in the documentation does what it says: lines for a shell run with the real program, scripts are
 * type-checked and run, files are read as the product reads them. What can't be run here says why in its fence.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../../build/project-folder.ts';
import { workerHandoverSchema } from '../../src/contract/model-access.ts';
import { readPriceFile } from '../../src/serve/models/price-file.ts';
import { formatFinding } from '../../src/template/finding.ts';
import { readCompanyFile } from '../../src/template/read-company-file.ts';
import { readWorkflowFile } from '../../src/template/read-workflow-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { shapeOf } from './json-shape.ts';
import type { Block } from './markdown-pages.ts';
import { blocksOf, markdownPages } from './markdown-pages.ts';
import { openPageSandbox } from './page-sandbox.ts';

const timeout = 300_000;
const blocks = (await markdownPages()).flatMap(blocksOf);
const place = ({ file, line }: Block) => `${file}:${line}`;
const runnable = blocks.filter(({ notRun }) => notRun === null);
const inLanguages = (...names: readonly string[]) =>
  runnable.filter(({ language }) => names.includes(language));
const shells = ['sh', 'bash'];

/** Files that a page has its reader write: the paragraph above each is its name. */
const isFile = ({ name }: Block) => name !== null;

const pagesToRun = [
  ...new Set(
    inLanguages(...shells, 'ts', 'js')
      .filter((block) => !isFile(block))
      .map(({ file }) => file),
  ),
];

describe('what is run', () => {
  it.each(pagesToRun)('%s', { timeout }, async (file) => {
    const page = await openPageSandbox();
    let printed = '';
    for (const block of runnable.filter((each) => each.file === file)) {
      const run = async () => {
        if (block.first !== '') await page.shell(block.first);
        if (isFile(block)) await putFile(path.join(page.folder, block.name ?? ''), block.text);
        else if (block.isAnswer)
          expect(shapeOf(JSON.parse(printed))).toEqual(shapeOf(JSON.parse(block.text)));
        else if (shells.includes(block.language)) printed = await page.shell(block.text);
        else if (['ts', 'js'].includes(block.language)) {
          const script = `block-${block.line}.${block.language === 'ts' ? 'mts' : 'mjs'}`;
          await putFile(path.join(page.folder, script), block.text);
          await page.node(script);
        }
      };
      await run().catch((cause: unknown) => {
        throw new Error(`${place(block)}: ${cause instanceof Error ? cause.message : String(cause)}`, {
          cause,
        });
      });
    }
  });
});

async function putFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

it('has scripts that a strict project takes', { timeout }, async () => {
  const scripts = inLanguages('ts');
  const folder = await temporaryFolder();
  const files = scripts.map((block) => `${block.file.replace(/\W/g, '-')}-${block.line}.ts`);
  for (const [at, block] of scripts.entries())
    await writeFile(path.join(folder, files[at] ?? ''), `${block.text}\nexport {};\n`);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    strict: true,
    noEmit: true,
    typeRoots: [path.join(projectFolder, 'node_modules', '@types')],
    types: ['node'],
    paths: {
      'agentcoord/client': [path.join(projectFolder, 'out/client/types/client/index.d.ts')],
      'agentcoord/plugin': [path.join(projectFolder, 'out/plugin/types/contract/plugin/kit.d.ts')],
    },
  };
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = path.join(projectFolder, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(scripts.length).toBeGreaterThan(0);
  expect(stdout).toBe('');
});

describe('files', () => {
  it.each(inLanguages('yaml').map((block) => [place(block), block] as const))(
    '%s',
    async (_place, { text }) => {
      expect(await faultsOfYaml(text)).toEqual([]);
    },
  );

  it.each(
    inLanguages('json')
      .filter((block) => !block.isAnswer)
      .map((block) => [place(block), block] as const),
  )('%s', (_place, { text }) => {
    const data: unknown = JSON.parse(text);
    // What a worker is handed is the one document that no command prints.
    if (typeof data === 'object' && data !== null && 'prompts' in data) workerHandoverSchema.parse(data);
  });

  it.each([
    ['steps: [{ id: 1, title: X, role: emm }]', 'there is no role `emm`'],
    ['members:\n  - { name: a, role: engineer, tag: x }', 'there is no key `tag`'],
    ['models: { a: { input: much } }', 'must be a number'],
    ['some: thing', 'nobody reads'],
  ])('refuses %s', async (text, why) => {
    expect((await faultsOfYaml(text)).join()).toContain(why);
  });
});

/** As the product reads it: a part of a file stands in the smallest file that may have it. */
async function faultsOfYaml(text: string): Promise<string[]> {
  const data = parse(text) as Record<string, unknown> | readonly unknown[];
  const keys = Array.isArray(data) ? ['members'] : Object.keys(data);
  const indented = (depth: number) => text.replace(/^(?=.)/gm, ' '.repeat(depth));
  const team = `name: X\ndepartments:\n  - name: d\n    teams:\n      - name: t\n        members:\n`;
  const company = (file: string) => {
    const read = readCompanyFile(
      file,
      'company.yaml',
      new Set(['feature', 'bug', 'launch', 'trading_strategy']),
    );
    return read.ok ? [] : read.findings.map(formatFinding);
  };
  if (keys.includes('steps')) {
    const read = readWorkflowFile(keys.includes('name') ? text : `name: x\n${text}`, 'workflow.yaml');
    return read.ok ? [] : read.findings.map(formatFinding);
  }
  if (keys.includes('models')) {
    const dataDir = await temporaryFolder();
    await writeFile(path.join(dataDir, 'model-prices.yaml'), text);
    return await readPriceFile(dataDir).then(
      () => [],
      (error: Error) => [error.message],
    );
  }
  if (keys.includes('members')) {
    return company(
      `${team}${Array.isArray(data) ? indented(10) : indented(8).replace(/^ {8}members:\n?/m, '')}`,
    );
  }
  if (keys.some((key) => ['departments', 'scaling', 'policy', 'roles', 'workflows'].includes(key))) {
    return company(keys.includes('name') ? text : `name: X\n${text}`);
  }
  return ['nobody reads a file with these keys: mark the block with not-run, or teach this test'];
}

it('runs or reads every block, or says why not', () => {
  const known = new Set([...shells, 'ts', 'js', 'yaml', 'json', 'text', 'acl', 'gitignore', '']);
  expect(blocks.filter(({ language }) => !known.has(language)).map(place)).toEqual([]);
  const left = blocks.filter(({ notRun }) => notRun !== null);
  // Something else shows that such a block is right: a test that is named, or this run itself.
  const shownBy = ({ notRun }: Block) =>
    [...(notRun ?? '').matchAll(/tests\/[\w./-]*\w/g)].map(([file]) => file);
  const isShown = (block: Block) =>
    shownBy(block).length > 0
      ? shownBy(block).every((file) => existsSync(path.join(projectFolder, file)))
      : /\bthis very test\b|\bthese very tests\b/.test(block.notRun ?? '');
  expect(left.filter((block) => !isShown(block)).map(place)).toEqual([]);
  console.log(`${runnable.length} blocks of code run or read, ${left.length} not:`);
  for (const block of left) console.log(`  ${place(block)}: ${block.notRun}`);
});

it('has the rights of the user of Redis in one line, which the tests of Redis use', async () => {
  const [acl] = inLanguages('acl');
  expect(acl?.file).toBe('SECURITY.md');
  expect(await readFile(path.join(projectFolder, 'tests/log/redis/documented-rights.ts'), 'utf8')).toContain(
    'SECURITY.md',
  );
});
