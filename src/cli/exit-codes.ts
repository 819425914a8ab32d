/** How the program ends; scripts rely on these. */
export const exitCode = {
  done: 0,
  /** The reason is on stderr; with `--json` also as `{ "error": … }` on stdout. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
} as const;
