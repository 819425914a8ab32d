/** Writes out/api/answers.json: what each query and call answers, as JSON Schema, read from the types of the contract. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswerSchemas } from './answer-schemas.ts';
import { projectFolder } from './project-folder.ts';

const folder = join(projectFolder, 'out', 'api');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'answers.json'), JSON.stringify(readAnswerSchemas(projectFolder)));
