/** Files of the person's own: by the system's dialogs in the app, by downloads and uploads in a browser. */
import { toast } from '../design/toast.tsx';
import { callDesktop } from './desktop-calls.ts';
import { isDesktop } from './desktop-port.ts';
import { strings } from './strings.ts';
import { asCoordError } from './use-command.ts';

/** Says what became of it, unless the person gave it up. */
export async function saveFile(name: string, content: Blob): Promise<void> {
  if (!isDesktop()) return download(name, content);
  try {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const { path } = await callDesktop('saveFile', { name, bytes });
    if (path !== null) toast('alive', strings.saved(path));
  } catch (error) {
    toast('failure', asCoordError(error).message);
  }
}

function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}

export interface OpenedFile {
  readonly name: string;
  readonly text: string;
}

/** No company file that people write comes near it. */
const largestBytes = 4_000_000;

/** Null: nothing was chosen, or it is no text of YAML; the person was told why. */
export async function openYamlFile(): Promise<OpenedFile | null> {
  if (!isDesktop()) return await upload('.yaml,.yml,text/yaml');
  try {
    return await callDesktop('openYaml', {});
  } catch (error) {
    toast('failure', asCoordError(error).message);
    return null;
  }
}

function upload(accept: string): Promise<OpenedFile | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (!file || file.size > largestBytes) {
        if (file) toast('failure', strings.tooLarge(file.name));
        return resolve(null);
      }
      void file.text().then((text) => resolve({ name: file.name, text }));
    });
    input.click();
  });
}
