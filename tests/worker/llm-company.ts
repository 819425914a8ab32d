/** A real company whose engineer works with a model: aimock over a real socket, through the SDKs of the providers. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelKind } from '../../src/contract/model-access.ts';
import type { TaskId } from '../../src/core/ids.ts';
import type { Keychain } from '../../src/serve/keychain.ts';
import { modelSettings } from '../../src/serve/models/model-settings.ts';
import { promptFolderIn } from '../../src/serve/models/prompt-files.ts';
import { workerHandovers } from '../../src/serve/models/worker-handovers.ts';

import type { MockModel } from '../runners/llm/mock-model.ts';
import { testKey } from '../runners/llm/mock-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { SupervisedCompany, SupervisedOptions } from './supervised-company.ts';
import { briskPolicy, superviseCompany } from './supervised-company.ts';

export interface LlmCompany extends SupervisedCompany {
  readonly workspace: string;
  /** Creates a task for the engineer. */
  give(title: string, description?: string): Promise<TaskId>;
  /** Resolves when no task of that title goes on by itself: it is done, failed or waits for somebody. */
  settled(title: string): Promise<void>;
  put(file: string, text: string): Promise<void>;
}

const noKeychain: Keychain = {
  get: async () => null,
  set: () => Promise.reject(new Error('nothing is set here')),
  remove: () => Promise.reject(new Error('nothing is removed here')),
};

export async function openLlmCompany(
  model: MockModel,
  {
    kind = 'anthropic',
    options = {},
    prompts = {},
    ...more
  }: {
    kind?: ModelKind;
    options?: Readonly<Record<string, unknown>>;
    /** The person's own texts of prompts, by the name of their files. */
    prompts?: Readonly<Record<string, string>>;
  } & Omit<SupervisedOptions, 'runner'> = {},
): Promise<LlmCompany> {
  const dataDir = await temporaryFolder();
  const { provider, baseUrl } = model.access(kind);
  const env = { ANTHROPIC_API_KEY: testKey, OPENAI_API_KEY: testKey };
  // Without a key in the keychain: `local` takes none, and the others have it from the environment.
  await modelSettings(dataDir).write({
    providers: { [provider]: { kind, baseUrl, key: 'none', model: model.access(kind).model } },
  });
  await mkdir(promptFolderIn(dataDir));
  for (const [name, text] of Object.entries(prompts))
    await writeFile(path.join(promptFolderIn(dataDir), name), text);
  const supervised = await superviseCompany({
    handover: workerHandovers({ dataDir, env, keychain: noKeychain }),
    runner: 'llm',
    options: { provider, ...options },
    file: { policy: { ...briskPolicy, max_attempts: 1 } },
    ...more,
  });
  const workspace = path.join(path.dirname(supervised.company.workersFolder), 'workspace');
  await mkdir(workspace, { recursive: true });
  onTestFinished(() => model.stop());
  return {
    ...supervised,
    workspace,
    give: async (title, description = '') => {
      const wish = { type: 'task.create', title, description, roleId: 'engineer' } as const;
      const { events } = await supervised.owner.command(wish);
      const [created] = events;
      if (created?.event.type !== 'task.created') throw new Error('no task was created');
      return created.event.task.id;
    },
    settled: (title) =>
      supervised.until((state) =>
        [...state.tasks.values()].some(
          (task) =>
            task.title === title && ['done', 'failed', 'blocked', 'awaiting_gate'].includes(task.state),
        ),
      ),
    put: async (file, text) => {
      const place = path.join(workspace, file);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, text);
    },
  };
}
