/** The words of what all screens do alike. */
export const strings = {
  saved: (path: string) => `Saved as ${path}`,
  tooLarge: (name: string) => `${name} is far too large for a company or a workflow`,
} as const;
