/** The list of versions that is written beside the packages. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifest } from '../../build/package/builder-settings.ts';
import { writeUpdateLists } from '../../build/package/update-list.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('is written for what can replace itself, with the size and the checksum, and for nothing else', async () => {
  const out = await temporaryFolder();
  const image = path.join(out, 'Agent Coord.AppImage');
  await writeFile(image, 'abc');
  const written = await writeUpdateLists([path.join(out, 'agentcoord.deb'), image], out);
  expect(written).toEqual([path.join(out, 'latest-linux.yml')]);
  const abc = '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
  expect(parse(await readFile(path.join(out, 'latest-linux.yml'), 'utf8'))).toEqual({
    version: manifest.version,
    files: [{ url: 'Agent%20Coord.AppImage', sha512: abc, size: 3 }],
    path: 'Agent%20Coord.AppImage',
    sha512: abc,
  });
});
