/** Two hundred files, and scopes on them that overlap in many ways, with what each covers worked out by plain rules. */

const folders = Array.from({ length: 10 }, (_, n) => `folder-${n}`);
const fileNames = Array.from({ length: 20 }, (_, n) => `file-${String(n).padStart(2, '0')}.ts`);

export const files: readonly string[] = folders.flatMap((folder) =>
  fileNames.map((name) => `${folder}/${name}`),
);

/** One file most of the time, so that many hold something at once; a whole folder or a pattern across them else. */
export function anyScope(random: () => number): string {
  const digit = () => Math.floor(random() * 10);
  const folder = () => `folder-${digit()}`;
  const file = () => `file-${Math.floor(random() * 2)}${digit()}.ts`;
  const kind = Math.floor(random() * 20);
  switch (kind) {
    case 0:
      return folder();
    case 1:
      return `${folder()}/*.ts`;
    case 2:
      return `${folder()}/file-?${digit()}.ts`;
    case 3:
      return `**/${file()}`;
    case 4:
      return `{${folder()},${folder()}}/file-1[0-4].ts`;
    case 5:
      return `folder-[${digit()}x]/file-0*`;
    case 6:
      return `${folder().toUpperCase()}/${file()}`;
    default:
      return `${folder()}/${file()}`;
  }
}

const plain: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '.': '\\.', '*': '[^/]*', '?': '[^/]' };

/** The files that a scope of the kinds above covers: a reading of its own, beside the one of the product. */
export function filesOf(scope: string): readonly string[] {
  const source = scope
    .toLowerCase()
    .replace(
      /\*\*\/|[.*?]|\{[^}]*\}/g,
      (part) => plain[part] ?? `(?:${part.slice(1, -1).replace(',', '|')})`,
    );
  const pattern = new RegExp(`^${source}(?:/|$)`);
  return files.filter((file) => pattern.test(file));
}
