/** A place in a file's data that may be of any shape: checks walk it without trusting it, and know where they are. */

export type FilePath = readonly (string | number)[];

export class FileNode {
  readonly value: unknown;
  readonly path: FilePath;

  constructor(value: unknown, path: FilePath = []) {
    this.value = value;
    this.path = path;
  }

  /** A key of a mapping; a node without a value when there is none. */
  get(key: string): FileNode {
    return new FileNode(this.#fields()[key], [...this.path, key]);
  }

  /** The entries of a sequence; none when it isn't one. */
  items(): FileNode[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item: unknown, n) => new FileNode(item, [...this.path, n]));
  }

  /** The keys of a mapping with their values; none when it isn't one. */
  entries(): { readonly key: string; readonly node: FileNode }[] {
    return Object.keys(this.#fields()).map((key) => ({ key, node: this.get(key) }));
  }

  /** The text of a scalar, numbers as they are written, trimmed as the schemas do; null when it is none. */
  text(): string | null {
    if (typeof this.value === 'number') return String(this.value);
    return typeof this.value === 'string' ? this.value.trim() : null;
  }

  #fields(): Readonly<Record<string, unknown>> {
    const { value } = this;
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMapping ? (value as Readonly<Record<string, unknown>>) : {};
  }
}
