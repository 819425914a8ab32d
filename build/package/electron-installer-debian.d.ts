/** What we use of a package that has no types of its own. */
declare module 'electron-installer-debian' {
  interface DebianOptions {
    readonly name: string;
    readonly productName: string;
    readonly genericName: string;
    /** One line. */
    readonly description: string;
    readonly productDescription: string;
    readonly version: string;
    readonly maintainer: string;
    readonly section: string;
    /** The program in the app's folder that gets a link in /usr/bin. */
    readonly bin: string;
    readonly desktopTemplate: string;
    /** Paths of PNG files by their size, such as `512x512`. */
    readonly icon: Readonly<Record<string, string>>;
    readonly categories: readonly string[];
    readonly mimeType: readonly string[];
    readonly compression: 'zstd' | 'xz' | 'gzip' | 'none';
  }

  /** @throws Error when dpkg-deb fails */
  function createDebianPackage(data: {
    readonly src: string;
    readonly dest: string;
    readonly arch: string;
    readonly options: DebianOptions;
  }): Promise<unknown>;

  // biome-ignore lint/style/noDefaultExport: the package exports nothing else
  export { createDebianPackage as default };
}
