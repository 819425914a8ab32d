/** Files of the person's own: given to them, and taken from them, by the browser. */

export function saveFile(name: string, content: Blob): void {
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

/** Null: nothing was chosen, or it is far too large to be one. */
export function openTextFile(accept: string): Promise<OpenedFile | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (!file || file.size > largestBytes) return resolve(null);
      void file.text().then((text) => resolve({ name: file.name, text }));
    });
    input.click();
  });
}
