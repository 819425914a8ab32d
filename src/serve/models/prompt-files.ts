/** The texts that prompts are made of: those that come with the product, and those of the person, which go before them. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkPrompt } from '../../runners/llm/prompt-template.ts';
import { templatesFolder } from '../installation.ts';

export const promptFolderIn = (dataDir: string): string => join(dataDir, 'prompts');

/** Each by the name of its file. @throws CoordError `FILE_INVALID` - with the line of each fault */
export async function readPrompts(dataDir: string): Promise<Record<string, string>> {
  const builtIn = await promptsIn(join(templatesFolder, 'prompts'));
  const own = await promptsIn(promptFolderIn(dataDir));
  return { ...builtIn, ...own };
}

async function promptsIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
  const prompts: Record<string, string> = {};
  for (const file of names) {
    const text = await readFile(join(folder, file), 'utf8');
    const name = basename(file, '.md');
    checkPrompt(text, join(folder, file), name === 'review' || name.endsWith('-review') ? 'review' : 'task');
    prompts[name] = text;
  }
  return prompts;
}
