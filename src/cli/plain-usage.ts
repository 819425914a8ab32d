/** What Commander says of a command line, in our words: no guess from afar, and none of its own terms. */
import { nearestName } from '../core/nearest-name.ts';

/** @param text as Commander has it, with or without what follows */
export function plainUsage(text: string): string {
  return text
    .replace(
      /command-argument value '(.*)' is invalid for argument '(.*)'\./,
      (_all, value, name) => `there is no ${name} '${value}'.`,
    )
    .replace(/(unknown (?:command|option) '(?:--)?([^']*)')\n\(Did you mean (?:one of )?([^)]*)\?\)/, guess);
}

/** Commander takes three letters of four for a slip. */
function guess(_all: string, said: string, written: string, named: string): string {
  const near = nearestName(
    written,
    named.split(', ').map((name) => name.replace(/^--/, '')),
  );
  const meant = named.split(', ').find((name) => name.replace(/^--/, '') === near);
  return meant === undefined ? said : `${said}\n(Did you mean ${meant}?)`;
}
