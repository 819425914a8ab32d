/** The words of what all screens do alike. */
export const strings = {
  saved: (path: string) => `Saved as ${path}`,
  tooLarge: (name: string) => `${name} is far too large for a company or a workflow`,
  past: 'What is past can only be looked at. Go to where it is now to do something.',
} as const;
