/** `npm run references`: writes what the documentation has from the code (docs/commands.md, schema/, tables of docs/templates.md). */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from './project-folder.ts';
import { references } from './references/references.ts';

for (const [file, text] of await references()) {
  await writeFile(path.join(projectFolder, file), text);
  console.log(file);
}
