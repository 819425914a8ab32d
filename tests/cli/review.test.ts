/** A review of a folder with known faults: six workers find them at file:line, and nothing in the folder is changed. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { says, startMockModel, uses } from '../runners/llm/mock-model.ts';
import { openModelDoor } from '../runners/llm/model-door.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newPlace } from './place.ts';
import type { Json } from './run-agentcoord.ts';

const faulty: Readonly<Record<string, string>> = {
  'package.json': '{\n  "name": "shop",\n  "dependencies": {\n    "left-pad": "*"\n  }\n}\n',
  Dockerfile: 'FROM node:latest\nRUN npm install\n',
  'src/a.js': "import { b } from './b.js';\nexport const a = () => eval(b);\n",
  'src/b.js': "import { a } from './a.js';\nexport const b = '1';\n// TODO finish\n",
  'src/load.js':
    "import { readFileSync } from 'node:fs';\nexport async function load() {\n  return readFileSync('x');\n}\n",
};

async function faultyFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'src'));
  for (const [name, text] of Object.entries(faulty)) await writeFile(path.join(folder, name), text);
  return folder;
}

const places = (report: Json, reviewer: string): string[] =>
  report.reviews
    .find((review: Json) => review.reviewer === reviewer)
    .findings.map((finding: Json) => `${finding.file}:${finding.line}`);

it('by rules finds what each speciality is to find, and leaves the folder as it is', {
  timeout: 120_000,
}, async () => {
  const folder = await faultyFolder();
  await mkdir(path.join(folder, 'build'));
  const place = await newPlace();
  const out = path.join(place.dataDir, 'reports');
  const report = await place.json('review', folder, '--out', out);
  expect(new Set(report.reviews.map(({ worker }: Json) => worker)).size).toBe(6);
  expect(places(report, 'security')).toContain('src/a.js:2');
  expect(places(report, 'architecture')).toContain('src/b.js:1');
  expect(places(report, 'performance')).toContain('src/load.js:3');
  expect(places(report, 'quality')).toContain('src/b.js:3');
  expect(places(report, 'devops')).toEqual(
    expect.arrayContaining(['Dockerfile:1', 'Dockerfile:2', 'package.json:1']),
  );
  expect(places(report, 'integration')).toContain('package.json:4');
  expect(report.summary).toContain('[high] src/a.js:2');
  expect((await readdir(folder)).sort()).toEqual(['Dockerfile', 'build', 'package.json', 'src']);
  expect(report.leftOut).toEqual(['build/']);
  expect(report.summary).toContain('Not looked at: build/');
  expect(await readFile(path.join(out, 'security', 'report.md'), 'utf8')).toContain('src/a.js:2');
});

it('by a model has six agents read the code at the same time, and leaves out what they dreamed', {
  timeout: 120_000,
}, async () => {
  const finding = (line: number) => ({
    severity: 'high',
    file: 'src/a.js',
    line,
    title: 'Runs text',
    detail: '',
  });
  const model = await startMockModel((_call, { messages }) => {
    const said = JSON.stringify(messages);
    if (!said.includes('You are cto')) {
      const documents = [{ path: 'findings.json', content: JSON.stringify([finding(2), finding(999)]) }];
      return uses('finish', { summary: 'One fault.', documents });
    }
    if (said.includes('One fault.')) return uses('finish', { summary: 'It runs text at src/a.js:2.' });
    if (said.includes('Created: ')) return uses('wait_for_parts', {});
    const names = ['security', 'architecture', 'performance', 'quality', 'devops', 'integration'];
    const parts = names.map((to) => ({ title: `${to} review`, description: 'Review it.', to }));
    return said.includes('create_parts') ? uses('create_parts', { parts }) : says('?');
  });
  onTestFinished(() => model.stop());
  const door = await openModelDoor(model);
  const place = await newPlace();
  await place.run('models', 'set', 'local', '--base-url', `${door.url}/v1`, '--no-key');
  // None of them is done before all are at work.
  door.hold('"finish"');
  const reviewing = place.json('review', await faultyFolder(), '--model', 'local/reader');
  await expect.poll(() => door.underWay(), { timeout: 60_000 }).toBe(6);
  door.release();
  const report = await reviewing;
  expect(report).toMatchObject({ by: 'model', summary: expect.stringContaining('src/a.js:2') });
  expect(report.reviews).toHaveLength(6);
  for (const review of report.reviews)
    expect(review).toMatchObject({ findings: [{ file: 'src/a.js', line: 2 }], unfounded: 1 });
  expect(new Set(report.reviews.map(({ worker }: Json) => worker)).size).toBe(6);
});

it('of a folder that is not there is refused', async () => {
  const { code, stderr } = await (await newPlace()).run('review', '/nowhere/at/all');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^NOT_FOUND: There is no folder/);
});
